/** What a person may show a code for, and what each purpose lets the counter learn. */

/** Purposes by their word in requests, tokens and directories. */
export const PURPOSES = ['hotel', 'window'] as const
export type Purpose = (typeof PURPOSES)[number]

export const isPurpose = (text: unknown): text is Purpose => PURPOSES.some((one) => one === text)

/** Members of the answer, by purpose: nothing else leaves the gateway, and these stand in the record of the scan. */
export const LEARNED = {
  hotel: ['name', 'idDocument', 'validity', 'photoMatch'],
  window: ['name', 'idDocument', 'loa', 'region'],
} as const satisfies Record<Purpose, readonly string[]>

/** The level that a log-in must have before its owner can be known at a counter: a face or a certificate was checked. */
export const LOA_FOR_CODES = 3
