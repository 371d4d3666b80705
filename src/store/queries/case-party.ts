/** Whose cases a question is about. */
import { eq, inArray, or } from 'drizzle-orm'
import { cases } from '../tables.ts'
import type { CaseRow } from './case-rows.ts'

/**
 * Whose cases: those that a client filed; or those whose applicant has one of these keyed hashes, and those that were filed under
 * one of these mandates.
 */
export type Party =
  | { readonly clientId: string }
  | { readonly holderKeys: readonly string[]; readonly mandateIds: readonly string[] }

/** Whose cases. */
export const ofParty = (party: Party) =>
  'clientId' in party
    ? eq(cases.clientId, party.clientId)
    : or(
        inArray(cases.holderKey, [...party.holderKeys]),
        party.mandateIds.length > 0 ? inArray(cases.mandateId, [...party.mandateIds]) : undefined,
      )

/** The same of a row that was read. */
export const isOf = (party: Party, { clientId, holderKey, mandateId }: CaseRow): boolean =>
  'clientId' in party
    ? clientId === party.clientId
    : party.holderKeys.includes(holderKey) || (mandateId !== null && party.mandateIds.includes(mandateId))
