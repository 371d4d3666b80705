/** The ledger of a conversion: where every leaf of the source went, and where every target value came from. */
import { type Static, Type } from 'typebox'
import { text, word } from './common.ts'

/** copied: same value · coded: by a code table · derived: computed or reformatted · split · merged · defaulted · dropped. */
export const HOWS = ['copied', 'coded', 'derived', 'split', 'merged', 'defaulted', 'dropped'] as const
export type How = (typeof HOWS)[number]

const pointers = Type.Array(text(500, 0), { maxItems: 1000 })

/** `source` and `target` are JSON Pointers (RFC 6901) into what came and what goes. No value of a person stands here. */
export const LedgerEntry = Type.Object(
  {
    how: word(HOWS),
    source: pointers,
    target: pointers,
    label: Type.Optional(text(300)),
    rule: text(300),
    reason: Type.Union([text(1000), Type.Null()]),
  },
  { additionalProperties: false },
)
export type LedgerEntry = Static<typeof LedgerEntry>

export const Ledger = Type.Object(
  {
    entries: Type.Array(LedgerEntry),
    losses: Type.Array(
      Type.Object({ source: pointers, reason: text(1000) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type Ledger = Static<typeof Ledger>
