#pragma once
#include "models/training/patient.h"

namespace recontour {

// The painters of a patient in the order in which they work; a later one paints over an earlier one where it may.

/// Skin, subcutaneous fat, wall of muscle with its fat, fat of the cavity with strands of vessels.
void paintBodyWall(Patient& patient);
/// Lungs above the upper surface of liver, spleen and stomach, with vessels, a diaphragm between and the heart.
void paintChest(Patient& patient);
/// Muscles that are no wall: psoas and iliopsoas, the floor of the pelvis.
void paintMuscles(Patient& patient);
/// Ribs that sink towards the front, with cartilage.
void paintRibs(Patient& patient);
/// Vertebrae with discs, canal, arch and processes.
void paintSpine(Patient& patient);
/// Ilium, ischium, pubis, sacrum, acetabulum; the femora go on below their labels.
void paintPelvis(Patient& patient);
/// Aorta, vena cava, iliac, renal, mesenteric and portal vessels.
void paintVessels(Patient& patient);
/// Liver, spleen, kidneys, pancreas, adrenals, gallbladder, femoral heads, with vessels, lesions and stones by chance.
void paintSolidOrgans(Patient& patient);
/// Wall and content of stomach, bowel, rectum, esophagus and bladder.
void paintHollowOrgans(Patient& patient);
/// The table under the back, by chance.
void paintTable(Patient& patient);

}  // namespace recontour
