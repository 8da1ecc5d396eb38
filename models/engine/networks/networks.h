#pragma once
#include "models/engine/networks/architecture.h"

namespace recontour {

// The networks, one a file; networkNamed() is their front door. docs/development/training.md says where each comes from
// and what it does differently.

/// Zhang, Liu and Wang 2018, "Road Extraction by Deep Residual U-Net": residual blocks, steps of stride 2 down, linear
/// interpolation up. Windows are multiples of 2^(stages - 1).
Architecture resUNet2d(const NetworkShape& shape, int stages = 5);
/// Ronneberger, Fischer and Brox 2015, "U-Net: Convolutional Networks for Biomedical Image Segmentation".
Architecture unet2d(const NetworkShape& shape);
/// Zhou et al. 2018, "UNet++: A Nested U-Net Architecture for Medical Image Segmentation".
Architecture unetPlusPlus2d(const NetworkShape& shape);
/// Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation", on the
/// residual network of 50 layers of He et al. 2016.
Architecture deepLabV3Plus2d(const NetworkShape& shape);
/// Cicek et al. 2016, "3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation".
Architecture unet3d(const NetworkShape& shape);
/// Oktay et al. 2018, "Attention U-Net: Learning Where to Look for the Pancreas".
Architecture attentionUNet3d(const NetworkShape& shape);
/// The shipped model's: blocks of 2 x 2 x 2 voxels as channels beside two that tell the place in the body, a residual
/// U-Net of 1, 2, 8/3 and 4 times the width (24: 1.36 M parameters for 17 channels), blocks back to voxels. Both space
/// to depth and depth to space are after Shi et al. 2016 (sub-pixel convolution). Takes position from the picture:
/// windows must hold the whole body in-plane.
Architecture wordDemo3d(const NetworkShape& shape);

}  // namespace recontour
