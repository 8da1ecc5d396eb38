# Third-party libraries, each as an imported target. Names, versions and pitfalls of Debian 12 are handled here only.
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 QUIET)

# system_target(NAME includes... LIBRARIES libs...): libraries whose packages bring no usable CMake target.
function(system_target name)
  cmake_parse_arguments(ARG "" "" "INCLUDES;LIBRARIES" ${ARGN})
  add_library(${name} INTERFACE IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${ARG_INCLUDES}"
                                           INTERFACE_INCLUDE_DIRECTORIES "${ARG_INCLUDES}"
                                           INTERFACE_LINK_LIBRARIES "${ARG_LIBRARIES}")
endfunction()

if(NOT RECONTOUR_WORKER_ONLY)
  if(RECONTOUR_CORE_ONLY)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
  else()
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Test)
    # Components one by one: without them VTK looks for Qt 5.
    find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel CommonExecutionModel FiltersCore FiltersGeneral
      FiltersSources ImagingCore InteractionStyle RenderingCore RenderingOpenGL2 RenderingFreeType RenderingVolume
      RenderingVolumeOpenGL2)
  endif()

  # libnifti2-dev's own config names files that Debian puts elsewhere.
  find_path(NIFTI_INCLUDE nifti2_io.h PATH_SUFFIXES nifti REQUIRED)
  find_library(NIFTI_LIBRARY nifti2 REQUIRED)
  find_library(ZNZ_LIBRARY znz REQUIRED)
  system_target(Nifti::Nifti INCLUDES ${NIFTI_INCLUDE} LIBRARIES ${NIFTI_LIBRARY} ${ZNZ_LIBRARY} ZLIB::ZLIB)

  # GDCM's own CMake config warns about files Debian does not ship; its libraries are found by name.
  find_path(GDCM_INCLUDE gdcmImageReader.h PATH_SUFFIXES gdcm-3.0 REQUIRED)
  foreach(lib gdcmMSFF gdcmDSED gdcmDICT gdcmCommon)
    find_library(${lib}_LIBRARY ${lib} REQUIRED)
    list(APPEND GDCM_LIBS ${${lib}_LIBRARY})
  endforeach()
  system_target(Gdcm::Gdcm INCLUDES ${GDCM_INCLUDE} LIBRARIES ${GDCM_LIBS})

  # Not find_package(DCMTK), whose targets bring libraries that are not used, the network's among them.
  find_path(DCMTK_INCLUDE dcmtk/dcmdata/dctk.h REQUIRED)
  foreach(lib dcmseg dcmfg dcmiod dcmdata oflog ofstd)
    find_library(${lib}_LIBRARY ${lib} REQUIRED)
    list(APPEND DCMTK_LIBS ${${lib}_LIBRARY})
  endforeach()
  system_target(Dcmtk::Dcmtk INCLUDES ${DCMTK_INCLUDE} LIBRARIES ${DCMTK_LIBS})

  # Only what is used, and not ITK_USE_FILE, which would register every reader that ITK has.
  find_package(ITK 5.2 REQUIRED COMPONENTS ITKCommon ITKDistanceMap ITKIOImageBase ITKIONRRD ITKSmoothing)
  system_target(Itk::Itk INCLUDES ${ITK_INCLUDE_DIRS} LIBRARIES ${ITK_LIBRARIES})

  # OpenCV's CMake config comes with libopencv-dev alone, which brings all of its modules.
  find_path(OPENCV_INCLUDE opencv2/imgproc.hpp PATH_SUFFIXES opencv4 REQUIRED)
  find_library(OPENCV_CORE_LIBRARY opencv_core REQUIRED)
  find_library(OPENCV_IMGPROC_LIBRARY opencv_imgproc REQUIRED)
  system_target(OpenCv::OpenCv INCLUDES ${OPENCV_INCLUDE} LIBRARIES ${OPENCV_IMGPROC_LIBRARY} ${OPENCV_CORE_LIBRARY})

  # Its package keeps headers and libraries aside, by parallel version.
  find_path(HDF5_INCLUDE hdf5.h PATH_SUFFIXES hdf5/serial REQUIRED)
  find_library(HDF5_LIBRARY hdf5_serial REQUIRED)
  system_target(Hdf5::Hdf5 INCLUDES ${HDF5_INCLUDE} LIBRARIES ${HDF5_LIBRARY})

  find_package(Boost 1.74 REQUIRED)  # headers alone: Boost.Math

  find_package(PkgConfig REQUIRED)
  pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
endif()

if(NOT RECONTOUR_CORE_ONLY)
  # Not find_package(Torch), which wants a CUDA toolkit, but two imported libraries of the wheel.
  if(NOT LIBTORCH_DIR)
    set(cacheHome $ENV{XDG_CACHE_HOME})
    if(NOT cacheHome)
      set(cacheHome $ENV{HOME}/.cache)
    endif()
    set(LIBTORCH_DIR ${cacheHome}/recontour-build/libtorch-2.11.0)
  endif()
  if(NOT EXISTS ${LIBTORCH_DIR}/torch/lib/libtorch_cpu.so)
    message(FATAL_ERROR "LibTorch not found in ${LIBTORCH_DIR}; run installer/setup.sh or set -DLIBTORCH_DIR")
  endif()
  add_library(LibTorch::c10 SHARED IMPORTED GLOBAL)
  set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION ${LIBTORCH_DIR}/torch/lib/libc10.so)
  add_library(LibTorch::LibTorch SHARED IMPORTED GLOBAL)
  set(torchIncludes "${LIBTORCH_DIR}/torch/include;${LIBTORCH_DIR}/torch/include/torch/csrc/api/include")
  set_target_properties(LibTorch::LibTorch PROPERTIES
    IMPORTED_LOCATION ${LIBTORCH_DIR}/torch/lib/libtorch_cpu.so
    INTERFACE_INCLUDE_DIRECTORIES "${torchIncludes}" INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${torchIncludes}"
    INTERFACE_LINK_LIBRARIES LibTorch::c10
    INTERFACE_LINK_OPTIONS "-Wl,--no-as-needed;-Wl,-rpath-link,${LIBTORCH_DIR}/nvidia/cu13/lib")
endif()

if(RECONTOUR_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(RECONTOUR_BUILD_BENCH)
  find_package(benchmark REQUIRED)
endif()
