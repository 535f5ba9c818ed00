#!/usr/bin/env node
import module from "node:module";
import v8 from "node:v8";

// V8 of Node 20 optimises a function so soon that most commands pay for code they hardly use, and
// again when it was optimised for too little: with six times the patience a command of a few
// seconds costs a quarter to a third less, and a long one the same. What is inlined into a function
// is compiled with it each time: with a third of it another sixth is saved. Later V8 has a middle
// tier.
if (process.versions.v8.startsWith("11.")) {
  v8.setFlagsFromString("--interrupt-budget=400000");
  v8.setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
}
module.enableCompileCache?.();
await import("../build/main.js");
