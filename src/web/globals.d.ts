/** Set by `build.ts` in the loader: path of the chat's chunk, with its hash. */
declare const __CHAT__: string
