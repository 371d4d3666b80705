/** Which matter, field, choice and document of one region is which of another: a table that people made. */
import type { RegionId } from '../../schemas/regions.ts'

/** One field as the regions name it. `choices` maps a word to each region's option value. */
export interface EquivalentField {
  readonly field: string
  readonly label: string
  readonly in: Readonly<Partial<Record<RegionId, string>>>
  readonly choices?: Readonly<Record<string, Readonly<Partial<Record<RegionId, string>>>>>
  /** Pointer into the application whose value fills the field where the source form has none. */
  readonly from?: string
}

/** One document as the regions name it. */
export interface EquivalentDocument {
  readonly document: string
  readonly in: Readonly<Partial<Record<RegionId, string>>>
}

/** One matter in several regions. `members` are catalogue codes of each region. */
export interface Equivalence {
  readonly key: string
  readonly name: string
  readonly seed?: string | null
  readonly because: string
  readonly members: Readonly<Partial<Record<RegionId, string>>>
  readonly fields?: readonly EquivalentField[]
  readonly documents?: readonly EquivalentDocument[]
}
