/** The accounts of the log-in page (contract section 8), and what the user centre knows of each (contract 4.e). */
import type { SimulatedAccount } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { absent, oneOf } from './freedoms.ts'
import type { Office } from './office.ts'
import { LOCALS, PERSON_EVERYWHERE } from './persons.ts'
import { sha256 } from './signature.ts'

interface Person {
  readonly userId: string
  readonly name: string
  readonly idNumber: string
  readonly level: number
  readonly mobile: string
}
type Firm = (typeof catalogue.firms)[number]

const PEOPLE: readonly Person[] = [...catalogue.persons, PERSON_EVERYWHERE]
const PERSONS = new Map([...PEOPLE, ...LOCALS].map((person) => [person.userId, person]))
const FIRMS = new Map(catalogue.firms.map((firm) => [firm.corpId, firm]))

/** The account without user data. It has no number in the contract, so this platform gives it one. */
const EMPTY: SimulatedAccount = {
  id: 'empty',
  kind: 'person',
  name: '空账号(无用户信息)',
  level: '',
  note: 'C-USER-SSO-USER-EMPTY',
}

const PERSON_LEVELS = ['', '未实名', '基本实名', '高级实名']
const FIRM_LEVELS = ['', '数字证书', '现场实名', '在线实名', '未实名']

const personAccount = ({ userId, name, level }: Person): SimulatedAccount => ({
  id: userId,
  kind: 'person',
  name,
  level: String(level),
  note: PERSON_LEVELS[level] ?? '',
})

/** Everybody who can log in; the residents of the areas come last. */
export const ACCOUNTS: readonly SimulatedAccount[] = [
  ...PEOPLE.map(personAccount),
  ...catalogue.firms.map(({ corpId, name, level, agent }): SimulatedAccount => {
    const note = `${FIRM_LEVELS[level] ?? ''} · 经办人 ${personOf(agent).name}`
    return { id: corpId, kind: 'organisation', name, level: String(level), note }
  }),
  EMPTY,
  ...LOCALS.map(personAccount),
]

/** Whether there is such an account. */
export const isAccount = (id: string): boolean => ACCOUNTS.some((account) => account.id === id)

function personOf(userId: string): Person {
  const person = PERSONS.get(userId)
  if (person === undefined) throw new Error(`There is no test person ${userId}.`)
  return person
}

/** The area that an account is at home in; the platform knows none for those of other provinces. */
const areaOf = (division: string) =>
  division.startsWith('33') ? { areaCode: `${division.slice(0, 4)}01` } : {}

const isMale = (idNumber: string) => Number(idNumber.charAt(16)) % 2 === 1
const genderOf = (idNumber: string) => (isMale(idNumber) ? '1' : '2')

function personInfo(office: Office, person: Person): Record<string, unknown> {
  const { userId, name, idNumber, level, mobile } = person
  return {
    userId,
    userName: name,
    idType: 'ID_CARD',
    outerIdType: '1',
    idNo: idNumber,
    attnUserType: absent(office),
    phone: mobile,
    email: absent(office),
    gender: genderOf(idNumber),
    nation: '01',
    birthday: idNumber.slice(6, 14),
    certKey: sha256(idNumber),
    attributes: JSON.stringify({ authLevel: String(level), ...areaOf(idNumber) }),
  }
}

function legalPersonInfo(firm: Firm): Record<string, unknown> {
  const [principal, agent] = [personOf(firm.representative), personOf(firm.agent)]
  return {
    name: firm.name,
    unifiedSocialId: firm.creditCode,
    orgType: '1',
    attnName: agent.name,
    attnPhone: agent.mobile,
    // Section 8 gives one firm the old number for the type of its agent's certificate.
    attnIdType: firm.corpId === 'c-l2' ? '51' : 'ID_CARD',
    attnIdNo: agent.idNumber,
    attnUserType: agent === principal ? '1' : '2',
    principal: principal.name,
    gender: genderOf(principal.idNumber),
    nation: '01',
    idType: 'ID_CARD',
    outerIdType: '1',
    idNo: principal.idNumber,
    principalUserId: principal.userId,
    corpId: firm.corpId,
    attributes: JSON.stringify({ realLevel: String(firm.level), ...areaOf(firm.creditCode.slice(2, 8)) }),
  }
}

/** `data` of `sso-userinfo`; nothing for the account that has no user data. */
export function userInfo(office: Office, id: string): Record<string, unknown> | undefined {
  const [person, firm] = [PERSONS.get(id), FIRMS.get(id)]
  const organizationInfoList = oneOf<unknown>(office, null, [])
  if (person !== undefined) {
    return {
      userType: 'PERSON',
      personInfo: personInfo(office, person),
      legalPersonInfo: null,
      organizationInfoList,
    }
  }
  if (firm === undefined) return undefined
  return {
    userType: 'LEGAL_PERSON',
    personInfo: null,
    legalPersonInfo: legalPersonInfo(firm),
    organizationInfoList,
  }
}
