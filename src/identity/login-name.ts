/**
 * The one form in which sign-in names are stored, compared and counted: composed, compatible
 * (full-width letters are letters), lower case. What cannot be stored becomes a name of nobody.
 */
export const foldLoginName = (typed: string): string =>
  typed
    .toWellFormed()
    .replaceAll('\0', '\ufffd')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .trim()

const FIT = /^[\p{L}\p{N}][\p{L}\p{N}\p{Mn}._-]{0,63}$/u

/** Whether a folded name may become somebody's. */
export const isLoginName = (folded: string): boolean => FIT.test(folded)
