/** Small things that many calls of a region share. */

/** The bytes of one file, with the name that whoever gave it has for it. */
export interface FileContent {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

/** A region's own status: the code as it came, and its label. */
export interface RawStatus {
  readonly code: string
  readonly label: string
}

/** Whose cases, photos or licences are asked for. `idDocument.type` is GA/T 2000.156. */
export interface Holder {
  readonly name: string
  readonly idDocument: { readonly type: string; readonly number: string }
}
