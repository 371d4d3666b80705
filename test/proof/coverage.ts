/** What a proof must have met: every operation of a contract and every code of its tables, but for what is listed here with its reason. */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Ledger, Way } from './ledger.ts'
import { PLACES } from './places.ts'
import { rawsOf, tablesOf } from './tables.ts'

type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm'

/** The operations of section 4 of each contract, by its letters. What is needed for all of them stands with the first. */
export const OPERATIONS: Readonly<Record<SimulatedRegionId, Readonly<Record<Letter, readonly string[]>>>> = {
  shanghai: {
    a: ['token', 'matter-list', 'matter-detail', 'matter-materials', 'matter-areas'],
    b: ['apply-no', 'apply-save', 'apply-submit', 'apply-correct'],
    c: ['case-query', 'case-process', 'callback'],
    d: ['material-upload', 'material-download', 'material-delete'],
    e: ['sso-userinfo'],
    f: ['photo-query', 'photo-fetch'],
    g: ['licence-login', 'licence-query', 'licence-derive', 'licence-fetch', 'licence-verify'],
    h: ['rating-push'],
    i: ['health'],
    j: ['case-list'],
    k: ['window-list'],
    l: ['withdraw'],
    m: ['document-download'],
  },
  jiangsu: {
    a: ['matter-list', 'matter-detail', 'matter-materials', 'matter-centers'],
    b: ['case-init', 'case-submit', 'case-resubmit'],
    c: ['case-query', 'callback'],
    d: ['material-upload', 'material-download'],
    e: ['sso-exchange', 'sso-userinfo'],
    f: ['photo-query', 'photo-fetch'],
    g: ['licence-token', 'licence-query', 'licence-fetch', 'licence-verify'],
    h: ['rating-push'],
    i: ['health'],
    j: ['case-list'],
    k: ['window-list'],
    l: ['case-withdraw'],
    m: ['case-result'],
  },
  zhejiang: {
    a: ['sharing-token', 'matter-list', 'matter-detail'],
    b: ['projid-get', 'apply-submit', 'apply-correct'],
    c: ['case-query', 'callback'],
    d: ['material-upload', 'material-download'],
    e: ['sso-exchange', 'sso-userinfo'],
    f: ['photo-query', 'photo-fetch'],
    g: ['licence-query', 'licence-fetch', 'licence-verify'],
    h: ['rating-push'],
    i: ['health'],
    j: ['case-list'],
    k: ['window-list'],
    l: ['case-withdraw'],
    m: ['case-result'],
  },
  anhui: {
    a: ['matter-list', 'matter-detail', 'material-list'],
    b: ['take-number', 'apply-submit'],
    c: ['case-query', 'callback'],
    d: ['material-upload', 'material-download'],
    e: ['sso-exchange', 'sso-userinfo', 'sso-legalinfo', 'sso-apptoken'],
    f: ['photo-query', 'photo-fetch'],
    g: ['unauth-token', 'licence-summary', 'licence-query', 'licence-fetch', 'licence-verify'],
    h: ['rating-push'],
    i: ['health'],
    j: ['case-list'],
    k: ['window-list'],
    l: ['case-withdraw'],
    m: ['result-download'],
  },
}

const PAGE = 'a page for a browser: the region hands the ticket out without it'

/** Operations that the contract has and the gateway never asks. */
export const NOT_ASKED: Readonly<Record<SimulatedRegionId, Readonly<Record<string, string>>>> = {
  shanghai: {
    'sso-login': PAGE,
    'licence-thumbnail': 'a small picture of a licence; the gateway shows the file',
    'licence-scan': 'a code that a clerk scans at a counter of Shanghai',
  },
  jiangsu: {
    'sso-login': PAGE,
    'case-check': 'the submission says the same',
    'material-list': 'the gateway knows what it uploaded',
    'material-delete': 'a newer file takes the place of an older one',
  },
  zhejiang: { 'sso-login': PAGE },
  anhui: { 'sso-login': PAGE, 'token-info': 'who asks for a token knows whose it is' },
}

/** Codes, or whole tables, that no exchange of the gateway's holds. */
export const NOT_SAID: Readonly<Record<SimulatedRegionId, Readonly<Record<string, string>>>> = {
  shanghai: Object.fromEntries(
    ['变更', '延续', '注销', '转让', '撤销', '其它'].map((word) => [
      `submitType ${word}`,
      'the gateway files new applications and corrects them',
    ]),
  ),
  jiangsu: {},
  zhejiang: {
    'licencePurpose 1': 'the gateway asks for licences across provinces alone',
    'licencePurpose 2': 'the gateway asks for licences across provinces alone',
    'ratingChannel 3': 'only read, and no answer has it',
    'ratingChannel 5': 'only read, and no answer has it',
    'ratingChannel 7': 'a rating that nobody gave',
    ...Object.fromEntries(
      ['501', '502', '503', '401', '402', '403', '101'].map((code) => [
        `evalDetail ${code}`,
        'says what no tag of ours says',
      ]),
    ),
  },
  anhui: {
    'channel WX': 'only read, and no answer has it',
    'photoPurpose 1': 'a document that is made at Anhui',
    'photoPurpose 2': 'a document that is made at Anhui',
    'photoPurpose 4': 'a document that is made at Anhui',
    sex: 'the gateway does not want to know',
    legalKind: 'the gateway tells persons from organisations and no more',
  },
}

/** Tables whose every code our side writes, not reads alone. */
export const WRITTEN: Readonly<Record<SimulatedRegionId, readonly string[]>> = {
  shanghai: ['certType', 'stuffType', 'satisfaction', 'evalDetail', 'channel', 'purpose'],
  jiangsu: ['areacode', 'certtype', 'applyertype', 'applyway', 'sendway', 'satisfaction', 'photopurpose'],
  zhejiang: ['area', 'certType', 'applicantKind', 'takeType', 'rating', 'ratingPromiseTime', 'photoUsage'],
  anhui: ['area', 'certType', 'applicantKind', 'takeType', 'grade'],
}

/** Everything that should have been met and was not. */
export function leftOut(ledger: Ledger, region: SimulatedRegionId): readonly string[] {
  const operations = ledger.operations(region)
  const unasked = Object.values(OPERATIONS[region])
    .flat()
    .filter((operation) => operations[operation] === undefined)
  const isMet = (table: string, raw: string, ways: readonly Way[]) =>
    ways.some((way) => ledger.met(region, table, raw, way) > 0)
  const lacking = (table: string, how: string, ways: readonly Way[]) =>
    rawsOf(region, table)
      .filter((raw) => !isMet(table, raw, ways) && !isExcused(region, table, raw))
      .map((raw) => `${table} ${raw} ${how}`)
  return [
    ...unasked,
    ...tablesOf(region).flatMap((table) => lacking(table, '', ['written', 'read'])),
    ...WRITTEN[region].flatMap((table) => lacking(table, 'written', ['written'])),
    ...PLACES[region].flatMap(({ table }) => lacking(table, 'read', ['read'])),
  ]
}

const isExcused = (region: SimulatedRegionId, table: string, raw: string): boolean =>
  NOT_SAID[region][table] !== undefined || NOT_SAID[region][`${table} ${raw}`] !== undefined
