// The package exports its dictionaries one by one but types only its bundles (1.1 MB).
declare module 'opencc-js/dict/*' {
  const pairs: string
  export default pairs
}
