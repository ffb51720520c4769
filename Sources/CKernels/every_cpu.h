#pragma once

// One source, three machine codes, chosen when the program is loaded. Nothing may round differently among
// them: whoever counts with fractions turns contraction to fused operations off.
#if defined(__x86_64__) && defined(__linux__)
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif
