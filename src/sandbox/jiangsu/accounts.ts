/** Jiangsu's accounts (contract 4.e and section 8), with one more that all four regions know and one from abroad. All made up. */
import type { SimulatedAccount } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import { guidOf } from './office.ts'
import { EVERYWHERE, FOREIGNER, LOCALS } from './persons.ts'

type Texts = Readonly<Record<string, string>>

/** An account, and the user data that are told of it. `logintime` is the moment of the log-in. */
export interface Account extends SimulatedAccount {
  /** `1` a person, `2` a legal person. */
  readonly usertype: '1' | '2'
  readonly userData: (logintime: string) => Texts
}

interface Person {
  /** Of the account, where it is not made of the number. */
  readonly id?: string
  readonly name: string
  readonly certnum: string
  /** `paperstype` (5.3); left out, it is a resident's card. */
  readonly papers?: '5'
  readonly areacode: string
  readonly authlevel: string
  readonly sex: string
  readonly mobile: string
}

const REGISTERED = '2020-01-01 08:00:00'
const uuidOf = (number: string) => guidOf(`account ${number}`).replaceAll('-', '')

function noteOf(person: Person): string | undefined {
  if (person === EVERYWHERE) return '四地都有账号'
  if (person === FOREIGNER) return '外国人永久居留身份证'
  return person.authlevel === '0' ? '未实名' : undefined
}

const personAccount = (person: Person, index: number): Account => {
  const { name, certnum, papers = '1', authlevel, sex, mobile } = person
  const id = person.id ?? `js_${certnum.slice(-4)}`
  const note = noteOf(person)
  const data: Texts = {
    uuid: uuidOf(certnum),
    loginname: id,
    nickname: name,
    code: `FAKE${certnum.slice(-6)}`,
    iid: String(10_000 + index),
    name,
    paperstype: papers,
    papersnumber: certnum,
    mobile,
    email: '',
    address: '江苏省示例路1号',
    authlevel,
    newauthlevel: '',
    isauthuser: Number(authlevel) >= 1 ? '1' : '0',
    sex,
    nation: '01',
    residence: '江苏省',
    registeredresidence: '江苏省',
    isalipay: '0',
    aplipayuserid: '',
    iswx: '0',
    headportraitpath: '',
    regtime: REGISTERED,
  }
  return {
    id,
    kind: 'person',
    name,
    level: authlevel,
    ...(note ? { note } : {}),
    usertype: '1',
    userData: (logintime) => ({ ...data, logintime }),
  }
}

const corporateAccount = (firm: (typeof catalogue.legalPersons)[number]): Account => {
  const { name, certnum, authlevel, legal, legalid, agent, agentid, mobile } = firm
  const id = `jscorp_${certnum.slice(-4)}`
  const data: Texts = {
    uuid: uuidOf(certnum),
    loginname: id,
    corname: name,
    cornumber: certnum,
    cortype: '1',
    corporation: legal,
    corporationpapersnumber: legalid,
    agentname: agent,
    agentpapersnumber: agentid,
    mobile,
    address: '江苏省示例路2号',
    authlevel,
    regtime: REGISTERED,
  }
  return {
    id,
    kind: 'organisation',
    name,
    level: authlevel,
    note: agent === legal ? `经办人 ${agent}` : `经办人 ${agent}, 法定代表人 ${legal}`,
    usertype: '2',
    userData: (logintime) => ({ ...data, logintime }),
  }
}

export const ACCOUNTS: readonly Account[] = [
  ...[...catalogue.persons, EVERYWHERE, FOREIGNER].map(personAccount),
  ...catalogue.legalPersons.map(corporateAccount),
  ...LOCALS.map((one, index) => personAccount(one, 100 + index)),
]

export const accountOf = (id: string): Account | undefined => ACCOUNTS.find((one) => one.id === id)
