/** Shanghai by its contract: the application lies in the platform's memory as it was saved, codes are words. */
import type { State } from '../../../src/sandbox/shanghai/state.ts'
import type { Application } from '../../../src/schemas/application.ts'
import { agree } from '../judge.ts'
import type { World } from '../world.ts'
import {
  answered,
  asked,
  at,
  type CaseReading,
  instant,
  licencesIn,
  type Meaning,
  many,
  type Plain,
  present,
  said,
  uploadsBy,
  uploadsIn,
} from './reading.ts'

/** 企业, 事业 and 机关 are told by the register of the credit code, contract 5. */
function subjectOf({ kind, idDocument }: Application['applicant']): string {
  if (kind === 'person') return 'person'
  const registers: Readonly<Record<string, string>> = {
    '91': 'enterprise',
    '12': 'institution',
    '11': 'agency',
  }
  return registers[idDocument.number.slice(0, 2)] ?? 'otherOrganisation'
}

/** Certificates that Shanghai has a word for; every other one is 其他. */
const TYPES = new Set(['111', '001', '414', '516', '511', '114'])
const typeOf = (type: string) => (TYPES.has(type) ? type : '999')

const DECIDED: ReadonlySet<string> = new Set(['APPROVED', 'DENIED', 'COMPLETED', 'DELIVERED'])

const memoryOf = ({ region }: World) => region.save() as State

function keptCase(world: World, caseNumber: string) {
  const apply = memoryOf(world).applies[caseNumber]
  if (!apply) throw new Error(`the platform has no ${caseNumber}`)
  return apply
}

export const shanghaiCases: CaseReading = {
  divisions: ['310000'],
  meant: ({ sourceNumber, matter }, canon): Meaning => {
    const { applicant, agent } = canon
    const actor = agent ?? applicant
    const { mode, ...addressee } = canon.delivery ?? { mode: undefined }
    return present({
      matter: matter.regional?.code,
      sourceDivision: canon.sourceDivision,
      sourceNumber,
      subject: subjectOf(applicant),
      name: applicant.name,
      type: typeOf(applicant.idDocument.type),
      number: applicant.idDocument.number,
      actor: [actor.name, typeOf(actor.idDocument.type), actor.idDocument.number, actor.mobile],
      legalRepresentative: applicant.legalRepresentative,
      address: said(applicant.address),
      mode: canon.mode ?? matter.mode,
      delivery: mode && { mode, ...addressee },
      form: canon.form,
      appliedAt: canon.appliedAt,
      submitType: 'NEW',
      licences: licencesIn(canon),
      files: uploadsIn(canon),
    })
  },
  kept: (world, caseNumber, read): Meaning => {
    const { body, stuffs } = keptCase(world, caseNumber)
    const ext = body['extInfo'] as Plain
    const delivery = ext['delivery'] as Plain | undefined
    const certs = many(ext['certs']) as readonly { stuffCode: string; certUuid: string }[]
    for (const { out } of world.told.filter(({ operation }) => operation === 'material-upload'))
      read('stuffType', /name="stuffType"\r\n\r\n(.*?)\r\n/.exec(String(out.body))?.[1])
    const word = (table: string, value: unknown) =>
      said(value) === undefined ? undefined : read(table, value)
    return present({
      matter: body['itemCode'],
      sourceDivision: String(body['districtCode']).slice(0, 6),
      sourceNumber: ext['sourceCaseNo'],
      subject: read('applicantKind', body['targetType']),
      name: body['targetName'],
      type: read('certType', ext['targetLicenseType']),
      number: body['targetNo'],
      actor: [body['username'], read('certType', body['licenseType']), body['licenseNo'], body['mobile']],
      legalRepresentative: said(ext['lawPerson']),
      address: said(ext['address']),
      mode: word('handleMode', ext['handleMode']),
      delivery:
        delivery &&
        present({
          mode: read('deliveryMode', delivery['lqfs']),
          name: said(delivery['sjrusername']),
          mobile: said(delivery['sjrmobile']),
          address: said(delivery['sjraddress']),
        }),
      form: JSON.parse(String(body['info'])),
      appliedAt: instant(body['opTime']),
      submitType: read('submitType', body['submitType']),
      licences: Object.fromEntries(certs.map(({ stuffCode, certUuid }) => [stuffCode, certUuid])),
      files: uploadsBy(
        stuffs.map(({ stuffCode, base64 }) => ({ id: stuffCode, bytes: Buffer.from(base64, 'base64') })),
      ),
    })
  },
  files: (world, caseNumber) =>
    keptCase(world, caseNumber).stuffs.map(({ stuffId, base64 }) => ({
      reference: stuffId,
      bytes: Buffer.from(base64, 'base64'),
    })),
  stateIn: (world, read) => read('status', at(answered(world.last('case-query')), 'data', 'status')),
  // In 受理 and before, `result` is the decision of a step alone (trap 7).
  decisionIn: (world, status, read) => {
    const word = said(at(answered(world.last('case-query')), 'data', 'result'))
    return word !== undefined && DECIDED.has(status) ? read('decision', word) : undefined
  },
  besides: ({ body }, event, read) => {
    const type = said(at(JSON.parse(String(body)), 'filedata', 'documentType'))
    if (type !== undefined) agree('callback document', event.documents?.[0]?.kind, read('documentType', type))
  },
  documentsAsked: ({ told }, read) =>
    told
      .filter(({ operation }) => operation === 'document-download')
      .map((one) => read('documentType', at(asked(one), 'documentType'))),
  stateOf: ({ body }, read) => read('status', at(JSON.parse(String(body)), 'data', 'status')),
  ratingMeant: ({ grade, tags, comment, channel, ratedAt, round, sourceDivision }) => ({
    grade,
    tags,
    comment: comment ?? '',
    channel,
    ratedAt,
    round,
    sourceDivision,
  }),
  ratingKept: (world, caseNumber, read) => {
    const body = asked(world.last('rating-push')) as Plain
    const round = Number(body['assessNumber'])
    if (!memoryOf(world).ratings[`${caseNumber}/${round}`]) throw new Error('the platform kept no rating')
    return {
      grade: read('satisfaction', body['satisfaction']),
      tags: String(body['evalDetail'])
        .split(',')
        .filter((code) => code !== '')
        .map((code) => read('evalDetail', code)),
      comment: body['writingEvaluation'],
      channel: read('channel', body['channel']),
      ratedAt: instant(body['assessTime']),
      round,
      sourceDivision: body['sourceRegion'],
    }
  },
}
