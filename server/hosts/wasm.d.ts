// What importing a `.wasm` gives on Workers: the module, already compiled.
declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}
