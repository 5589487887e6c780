// dlib's face embedding as a process that can be measured: reads requests from standard input, answers on standard output.
//
//   embed FILE   FILE: 150 x 150 pixels, red, green, blue bytes, row by row
//   ok MICROSECONDS BLAS v1 ... v128      the time of the network alone; the file is read before the clock starts
//   no REASON
//
// Its only argument is the network's file, dlib_face_recognition_resnet_model_v1.dat.
#include <dlib/dnn.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <iostream>
#include <string>

namespace
{
    using namespace dlib;

    constexpr long side = 150;

    // A convolution keeps its batch normalisation as a fixed scale and shift.
    template <int channels, int size, int stride, typename below>
    using scaled = affine<con<channels, size, size, stride, stride, below>>;

    // Two 3x3 convolutions; the first may halve the size.
    template <int channels, int stride, typename below>
    using pair_of = scaled<channels, 3, 1, relu<scaled<channels, 3, stride, below>>>;

    // Adds its own input to what the two convolutions made of it.
    template <int channels, typename below>
    using same = relu<add_prev1<pair_of<channels, 1, tag1<below>>>>;

    // The same at half the size, where the input is added as an average of 2x2 pixels.
    template <int channels, typename below>
    using down = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<pair_of<channels, 2, tag1<below>>>>>>>;

    using stem = max_pool<3, 3, 2, 2, relu<scaled<32, 7, 2, input_rgb_image_sized<side>>>>;
    using at32 = same<32, same<32, same<32, stem>>>;
    using at64 = same<64, same<64, same<64, down<64, at32>>>>;
    using at128 = same<128, same<128, down<128, at64>>>;
    using at256 = down<256, same<256, same<256, down<256, at128>>>>;
    using network = loss_metric<fc_no_bias<128, avg_pool_everything<at256>>>;

    // The library that multiplies the matrices, and OpenBLAS' kernels and threads if it is that one. All of it is found
    // at run time: the loader decides which library serves.
    std::string blas()
    {
        Dl_info found;
        void* multiply = dlsym(RTLD_DEFAULT, "cblas_sgemm");
        if (!multiply || !dladdr(multiply, &found))
        {
            return "none";
        }

        char* real = realpath(found.dli_fname, nullptr);
        const std::string path = real ? real : found.dli_fname;
        free(real);
        auto core = reinterpret_cast<char* (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
        auto threads = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_num_threads"));
        const bool openblas = path.find("openblas") != std::string::npos && core && threads;
        return openblas ? path + ":" + core() + ":" + std::to_string(threads()) : path;
    }

    bool read_chip(const std::string& name, matrix<rgb_pixel>& chip)
    {
        std::ifstream file(name, std::ios::binary);
        std::string bytes(side * side * 3, '\0');
        if (!file.read(&bytes[0], static_cast<std::streamsize>(bytes.size())) || file.peek() != std::ifstream::traits_type::eof())
        {
            return false;
        }

        chip.set_size(side, side);
        const auto* next = reinterpret_cast<const unsigned char*>(bytes.data());
        for (long y = 0; y < side; y++)
        {
            for (long x = 0; x < side; x++, next += 3)
            {
                chip(y, x) = rgb_pixel(next[0], next[1], next[2]);
            }
        }

        return true;
    }
}

int main(int count, char** arguments)
{
    if (count != 2)
    {
        std::fputs("usage: dlib_embed NETWORK.dat\n", stderr);
        return 2;
    }

    network net;
    try
    {
        deserialize(arguments[1]) >> net;
    }
    catch (const std::exception& wrong)
    {
        std::fprintf(stderr, "%s\n", wrong.what());
        return 1;
    }

    const std::string blas_name = blas();
    matrix<rgb_pixel> chip;
    std::string line;
    while (std::getline(std::cin, line))
    {
        if (line.compare(0, 6, "embed ") != 0 || !read_chip(line.substr(6), chip))
        {
            std::puts("no chip of 150 x 150 pixels");
            std::fflush(stdout);
            continue;
        }

        const auto start = std::chrono::steady_clock::now();
        const matrix<float, 0, 1> face = net(chip);
        const auto took = std::chrono::steady_clock::now() - start;
        std::printf("ok %lld %s", static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()), blas_name.c_str());
        for (long i = 0; i < face.size(); i++)
        {
            std::printf(" %.6f", face(i));
        }

        std::puts("");
        std::fflush(stdout);
    }
}
