/**
 * Whether two spellings are one name. Nobody is found by a name; it only confirms a number, so that what differs here goes to a
 * person to decide.
 */

/** Dots between the parts of a name (阿不都·热依木) are typed in many ways. */
const DOTS = /[·•‧・．.]/g

/** A name without what keyboards differ in: width, blanks, kinds of dots, capitals. */
export const plainName = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\s/g, '').replaceAll(DOTS, '·').toUpperCase()

export const isSameName = (one: string, other: string): boolean => plainName(one) === plainName(other)
