/** The accounts of the log-in page (contract section 8), and what the user service knows of each (contract 4e). */
import type { SimulatedAccount } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { LOCALS, PERSON_EVERYWHERE } from './persons.ts'

type Person = Omit<(typeof catalogue.persons)[number], 'hasPhoto'>
type Legal = (typeof catalogue.legalPersons)[number]

/** An account: `1` a person, `2` a legal person, as `userType` counts them. */
export type User =
  | { readonly userType: '1'; readonly info: Person }
  | { readonly userType: '2'; readonly info: Legal }

// What the catalogue says besides, a photo, is nothing of the user service's.
const people: readonly Person[] = catalogue.persons.map(({ hasPhoto: _, ...info }) => info)

/** Everybody who can log in, by `userId`. */
export const USERS: ReadonlyMap<string, User> = new Map([
  ...[...people, PERSON_EVERYWHERE].map((info): [string, User] => [info.userId, { userType: '1', info }]),
  ...catalogue.legalPersons.map((info): [string, User] => [info.userId, { userType: '2', info }]),
  ...LOCALS.map((info): [string, User] => [info.userId, { userType: '1', info }]),
])

const LEVELS: Readonly<Record<string, string>> = { '0': '未实名', '1': '初级', '2': '中级', '3': '高级' }

/** The same accounts as the page shows them. */
export const ACCOUNTS: readonly SimulatedAccount[] = [...USERS.values()].map((user): SimulatedAccount => {
  const { userId: id, authLevel: level } = user.info
  const standing = LEVELS[level] ?? ''
  return user.userType === '1'
    ? { id, kind: 'person', name: user.info.name, level, note: standing }
    : {
        id,
        kind: 'organisation',
        name: user.info.legalName,
        level,
        note: `${standing} · 经办人 ${user.info.agentName}`,
      }
})
