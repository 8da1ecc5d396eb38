#include "core/phantom/noise_fields.h"

#include "core/phantom/random.h"

namespace recontour {
namespace {

class Maker {
 public:
  Maker(const Parameters& parameters, const Variation& variation, const BoundsMm& cover)
      : settings_(NoiseLattice::settings(parameters)), seed_(variation.seed()), cover_(cover) {}
  NoiseLattice operator()(const std::string& name, double sizeMm) const {
    return {randomKey(seed_, "noise " + name), sizeMm, settings_, cover_};
  }
  std::array<NoiseLattice, 3> perAxis(const std::string& name, double sizeMm) const {
    return {(*this)(name + " x", sizeMm), (*this)(name + " y", sizeMm), (*this)(name + " z", sizeMm)};
  }

 private:
  NoiseLattice::Settings settings_;
  std::uint64_t seed_;
  BoundsMm cover_;
};

}  // namespace

NoiseFields::NoiseFields(const Parameters& p, const Variation& variation, const BoundsMm& cover)
    : n5(Maker(p, variation, cover)("n5", p.number("n5"))),
      n7(Maker(p, variation, cover)("n7", p.number("n7"))),
      n9(Maker(p, variation, cover)("n9", p.number("n9"))),
      n18(Maker(p, variation, cover)("n18", p.number("n18"))),
      textureFine(Maker(p, variation, cover)("texture fine", p.list("texture", 3)[0])),
      textureCoarse(Maker(p, variation, cover)("texture coarse", p.list("texture", 3)[1])),
      displaceCoarse(Maker(p, variation, cover).perAxis("displace coarse", p.list("displaceCoarse", 2)[0])),
      displaceFine(Maker(p, variation, cover).perAxis("displace fine", p.list("displaceFine", 2)[0])),
      displaceCoarseMm(static_cast<float>(p.list("displaceCoarse", 2)[1])),
      displaceFineMm(static_cast<float>(p.list("displaceFine", 2)[1])),
      textureWeight(static_cast<float>(p.list("texture", 3)[2])) {}

}  // namespace recontour
