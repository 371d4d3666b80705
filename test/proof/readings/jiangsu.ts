/** Jiangsu by its contract: flat texts of `submitProjectByTaskguid`, two tables of numbers for states and operations. */
import { createHash } from 'node:crypto'
import type { PlatformState } from '../../../src/sandbox/jiangsu/state.ts'
import type { Application } from '../../../src/schemas/application.ts'
import type { RatingTag } from '../../../src/schemas/rating.ts'
import type { Reader } from '../tables.ts'
import type { World } from '../world.ts'
import {
  answered,
  asked,
  at,
  type CaseReading,
  first,
  instant,
  type Meaning,
  many,
  type Plain,
  present,
  said,
  uploadsBy,
  uploadsIn,
} from './reading.ts'

/** Registers of the credit code whose firms are legal persons; the others are 其他组织 (5.4). */
const LEGAL = new Set(['11', '12', '13', '51', '52', '53', '91', '93'])
const subjectOf = ({ kind, idDocument }: Application['applicant']): string =>
  kind === 'person'
    ? 'person'
    : idDocument.type === '099' || LEGAL.has(idDocument.number.slice(0, 2))
      ? 'enterprise'
      : 'otherOrganisation'

const typeOf = (type: string) => (type === '111' || type === '001' || type === '099' ? type : '999')

const memoryOf = ({ region }: World) => region.save() as PlatformState

function keptCase(world: World, caseNumber: string) {
  const { cases, byNumber } = memoryOf(world)
  const record = cases[byNumber[caseNumber] ?? '']
  if (!record?.params) throw new Error(`the platform has no ${caseNumber}`)
  return { ...record, params: record.params }
}

/** 30, 40 and 90 stand for several states, which the operations tell apart (5.1). */
function stateBy(status: unknown, operations: readonly string[], read: Reader): string {
  const word = read('status', status)
  const effects = operations.map((code) => read('operatetype', code))
  if (String(status) === '30') {
    const inside = ['ACCEPTED', 'IN_REVIEW', 'REVIEW_RETURNED', 'SUSPENDED']
    return effects.findLast((effect) => inside.includes(effect)) ?? word
  }
  if ((String(status) === '40' || String(status) === '90') && effects.includes('DELIVERED'))
    return 'DELIVERED'
  return word
}

const EARLY: ReadonlySet<string> = new Set(['97', '98', '99'])

/** Details of a rating (5.13): no code for what is only 其他. */
const TAGS: Readonly<Record<string, RatingTag>> = {
  '101': 'slow',
  '102': 'guideWrong',
  '103': 'inconvenient',
  '104': 'platformBad',
  '202': 'skill',
  '203': 'attitude',
}
/** 评价渠道 `pf` (4.h). */
const CHANNELS: Readonly<Record<string, string>> = { '1': 'pc', '2': 'mobile', '5': 'window', '7': 'sms' }

export const jiangsuCases: CaseReading = {
  divisions: [
    '320100',
    '320200',
    '320300',
    '320400',
    '320500',
    '320600',
    '320700',
    '320800',
    '320900',
  ].concat(['321000', '321100', '321200', '321300']),
  meant: ({ sourceNumber, matter }, canon): Meaning => {
    const { applicant, agent, delivery } = canon
    const contact = agent ?? applicant
    const { mode: wanted, ...addressee } = delivery ?? { mode: undefined }
    // A way of delivery is required: the matter's own first one that needs no addressee, where nobody named one.
    const own = matter.deliveryModes?.find((one) => one === 'download' || one === 'pickup')
    const way = wanted === 'licence' ? 'download' : (wanted ?? own ?? 'download')
    return present({
      matter: matter.regional?.code,
      division: canon.division,
      sourceDivision: canon.sourceDivision,
      sourceNumber,
      subject: subjectOf(applicant),
      name: applicant.name,
      type: typeOf(applicant.idDocument.type),
      number: applicant.idDocument.number,
      contact: [first(contact.name, 50), contact.mobile],
      agentNumber: agent?.idDocument.type === '111' ? agent.idDocument.number : undefined,
      legalRepresentative: applicant.legalRepresentative,
      address: said(applicant.address),
      mode: canon.mode ?? matter.mode ?? matter.modes?.[0],
      delivery: { mode: way, ...(way === 'post' ? addressee : {}) },
      form: canon.form,
      appliedAt: canon.appliedAt,
      files: uploadsIn(canon),
    })
  },
  kept: (world, caseNumber, read): Meaning => {
    const { params, formdata, files, areacode, ...record } = keptCase(world, caseNumber)
    const post = said(params['postinfo'])
    const told = post === undefined ? {} : (JSON.parse(post) as Plain)
    const type = read('certtype', params['certtype'])
    // One number for every certificate that has none of its own.
    if (type === '999') read('certtypeOutbound', params['certtype'])
    return present({
      matter: record.taskguid,
      division: read('areacode', areacode),
      sourceDivision: record.sourceareacode,
      sourceNumber: record.sourceprojectno,
      subject: read('applyertype', params['applyertype']),
      name: params['applyername'],
      type,
      number: params['certnum'],
      contact: [params['contactperson'], params['contactmobile']],
      agentNumber: said(params['idcard']),
      legalRepresentative: said(params['legal']),
      address: said(params['address']),
      mode: read('applyway', params['applyway']),
      delivery: present({
        mode: read('sendway', params['sendway']),
        name: told['postname'],
        mobile: told['postmobile'],
        address: told['postaddress'],
      }),
      form: JSON.parse(formdata),
      appliedAt: instant(params['applydate']),
      files: uploadsBy(
        files.map(({ taskmaterialguid, base64 }) => ({
          id: taskmaterialguid,
          bytes: Buffer.from(base64, 'base64'),
        })),
      ),
    })
  },
  files: (world, caseNumber) =>
    keptCase(world, caseNumber).files.map(({ attachguid, base64 }) => ({
      reference: attachguid,
      bytes: Buffer.from(base64, 'base64'),
    })),
  stateIn: (world, read) => {
    const told = at(answered(world.last('case-query')), 'custom')
    const operations = many(at(told, 'operations')).map((one) => String(at(one, 'operatetype')))
    return stateBy(at(told, 'status'), operations, read)
  },
  // What ends early says so by its status.
  decisionIn: (world, _status, read) => {
    const told = at(answered(world.last('case-query')), 'custom')
    const word = read('banjieresult', at(told, 'banjieresult') ?? '')
    return said(at(told, 'banjieresult')) === undefined || EARLY.has(String(at(told, 'status')))
      ? undefined
      : word
  },
  stateOf: ({ body }, read) => {
    const params = at(JSON.parse(String(body)), 'params')
    return stateBy(at(params, 'status'), [String(at(params, 'operatetype'))], read)
  },
  ratingMeant: ({ grade, tags, comment, channel, round }) => ({
    grade,
    scale: grade,
    tags: tags.filter((tag) => tag !== 'other'),
    comment: [...(tags.includes('other') ? ['其他'] : []), comment ?? '']
      .filter((one) => one !== '')
      .join('；'),
    channel,
    round,
  }),
  ratingKept: (world, caseNumber, read) => {
    const body = at(asked(world.last('rating-push')), 'params') as Plain
    const kept = memoryOf(world).ratings[`${caseNumber}/${String(body['assessNumber'])}`]
    const { params } = keptCase(world, caseNumber)
    const digest = createHash('sm3')
      .update(params['certnum'] ?? '')
      .digest('hex')
    if (body['Certkey'] !== digest) throw new Error('the rating is of somebody else')
    return {
      grade: read('satisfaction', kept),
      // The second scale runs the other way (trap 7).
      scale: read('satisfaction', 6 - Number(body['evaluateLevel'])),
      tags: String(body['evalDetail'])
        .split(',')
        .filter((code) => code !== '')
        .map((code) => TAGS[code]),
      comment: body['writingEvaluation'],
      channel: CHANNELS[String(body['pf'])],
      round: Number(body['assessNumber']),
    }
  },
}
