import catalogue from './catalogue.json' with { type: 'json' }

/** One of the eleven areas, as the platform writes a city's own level (contract section 1). */
export interface Area {
  /** Wire code, ends in `01`. */
  readonly code: string
  /** GB/T 2260 code of the city, ends in `00`. */
  readonly canonical: string
  readonly name: string
  /** WGS-84 degrees of the middle of the city, about. */
  readonly lon: number
  readonly lat: number
}

/** The eleven areas in the order of their codes. */
export const AREAS: readonly Area[] = catalogue.areas

const codes: ReadonlySet<string> = new Set(AREAS.map((area) => area.code))

/** Whether the text is one of the eleven wire codes, the only ones that requests may carry. */
export const isAreaCode = (code: string): boolean => codes.has(code)
