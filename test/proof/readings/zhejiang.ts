/** Zhejiang by its contract: `receive.do` as it was posted, and what the platform remembers of it. */
import type { PlatformState } from '../../../src/sandbox/zhejiang/state.ts'
import type { Application, DocumentEntry } from '../../../src/schemas/application.ts'
import type { RatingTag } from '../../../src/schemas/rating.ts'
import type { World } from '../world.ts'
import {
  answered,
  asked,
  at,
  type CaseReading,
  first,
  instant,
  type Meaning,
  type Plain,
  present,
  said,
  uploadsBy,
  uploadsIn,
} from './reading.ts'

const TYPES = new Set(['111', '001', '414', '516', '511', '114'])
const typeOf = (type: string) => (TYPES.has(type) ? type : '999')

const memoryOf = ({ region }: World) => region.save() as PlatformState

function keptCase(world: World, caseNumber: string) {
  const record = memoryOf(world).cases[caseNumber]
  if (!record) throw new Error(`the platform has no ${caseNumber}`)
  return record
}

/** 省 of a division, as `sourceRegion` wants it. */
const province = (division: string) => `${division.slice(0, 2)}0000`

/** Words of the tags that have no code with their grade (5.16). */
const TAG_WORDS: Readonly<Record<RatingTag, string>> = {
  slow: '办事效率低',
  guideWrong: '办事指南不准确',
  inconvenient: '办事不便捷',
  platformBad: '平台操作性差',
  attitude: '服务态度差',
  skill: '服务水平低',
  other: '其他',
}
const CODED: Readonly<Record<string, readonly RatingTag[]>> = {
  fairlySatisfied: ['guideWrong', 'slow', 'platformBad'],
  dissatisfied: ['guideWrong', 'slow', 'inconvenient'],
  veryDissatisfied: ['slow', 'attitude'],
}

/** The way in which each document is handed in. */
const waysIn = ({ documents }: Application) => Object.fromEntries(documents.map(({ id, mode }) => [id, mode]))
const licencesIn = (documents: readonly DocumentEntry[]) =>
  Object.fromEntries(
    documents.flatMap(({ id, mode, licence }) => (mode === 'licence' ? [[id, licence]] : [])),
  )

export const zhejiangCases: CaseReading = {
  divisions: [
    '330100',
    '330200',
    '330300',
    '330400',
    '330500',
    '330600',
    '330700',
    '330800',
    '330900',
  ].concat(['331000', '331100']),
  meant: ({ sourceNumber, matter }, canon): Meaning => {
    const { applicant, agent } = canon
    const contact = agent ?? applicant
    return present({
      matter: matter.regional?.code,
      division: canon.division,
      source: [province(canon.sourceDivision), canon.sourceDivision, sourceNumber],
      handling: matter.handling,
      kind: applicant.kind,
      name: applicant.name,
      type: typeOf(applicant.idDocument.type),
      number: applicant.idDocument.number,
      contact: [first(contact.name, 50), contact.mobile],
      agent: agent ? [typeOf(agent.idDocument.type), agent.idDocument.number] : undefined,
      legalRepresentative: applicant.legalRepresentative,
      address: said(applicant.address),
      form: canon.form,
      note: said(canon.note),
      appliedAt: canon.appliedAt,
      ways: waysIn(canon),
      licences: licencesIn(canon.documents),
      files: uploadsIn(canon),
    })
  },
  kept: (world, caseNumber, read): Meaning => {
    const { applicant, form, materials, source, ...record } = keptCase(world, caseNumber)
    const body = asked(world.last('apply-submit')) as Plain
    const vo = body['applicantVO'] as Plain
    const files = memoryOf(world).files
    return present({
      matter: record.matterCode,
      division: read('area', record.areaCode),
      source: [source?.sourceRegion, at(body, 'extInfo', 'sourceAreaCode'), source?.sourceProjectNo],
      handling: read('caseType', record.affairType),
      kind: read('applicantKind', vo['userProp']),
      name: applicant.name,
      type: read('certType', applicant.cardType),
      number: applicant.cardNumber,
      contact: [vo['contactMan'], vo['contactPhone']],
      agent:
        vo['contactCardType'] === undefined
          ? undefined
          : [read('certType', vo['contactCardType']), vo['contactCardNumber']],
      legalRepresentative: said(vo['legalMan']),
      address: said(vo['address']),
      form,
      note: said(body['memo']),
      appliedAt: instant(record.gmtApply),
      ways: Object.fromEntries(materials.map(({ suffId, takeType }) => [suffId, read('takeType', takeType)])),
      licences: Object.fromEntries(
        materials.flatMap(({ suffId, certificateSourceId }) =>
          certificateSourceId === undefined ? [] : [[suffId, certificateSourceId]],
        ),
      ),
      files: uploadsBy(
        materials.flatMap(({ suffId, attachMentVOs }) =>
          attachMentVOs.map(({ attPath }) => ({
            id: suffId,
            bytes: Buffer.from(files[attPath]?.base64 ?? '', 'base64'),
          })),
        ),
      ),
    })
  },
  files: (world, caseNumber) =>
    Object.entries(memoryOf(world).files)
      .filter(([, { projId, suffId, used }]) => projId === caseNumber && suffId !== undefined && used)
      .map(([reference, { base64 }]) => ({ reference, bytes: Buffer.from(base64, 'base64') })),
  stateIn: (world, read) => {
    const told = at(answered(world.last('case-query')), 'data')
    return read('caseState', `${at(told, 'phaseCode')}/${at(told, 'doAction')}`)
  },
  decisionIn: (world, _status, read) => {
    const told = at(answered(world.last('case-query')), 'data')
    const result = said(at(told, 'result'))
    return result === undefined ? undefined : read('outcome', `${result}/${String(at(told, 'resultDesc'))}`)
  },
  stateOf: ({ body }, read) => {
    const told = JSON.parse(String(body)) as Plain
    return read('caseState', `${String(told['phaseCode'])}/${String(told['doAction'])}`)
  },
  // `finish` has a reason only where a case ends without a decision (4.c.2).
  opinionOf: (to) => (to === 'COMPLETED' || to === 'DELIVERED' ? 'none' : 'whole'),
  ratingMeant: ({ grade, tags, comment, channel, ratedAt, round }) => {
    const coded = tags.filter((tag) => CODED[grade]?.includes(tag))
    const rest = tags.filter((tag) => !coded.includes(tag)).map((tag) => TAG_WORDS[tag])
    return {
      grade,
      tags: coded,
      comment: [...rest, comment ?? ''].filter((one) => one !== '').join('；'),
      channel,
      ratedAt,
      round,
    }
  },
  ratingKept: (world, caseNumber, read) => {
    const body = asked(world.last('rating-push')) as Plain
    const { affairType } = keptCase(world, caseNumber)
    const instantOrNot = read('ratingPromiseTime', body['promiseTime']) === 'instant'
    if (instantOrNot !== (read('caseType', affairType) === 'instant'))
      throw new Error('promiseTime says another kind of case')
    return {
      grade: read('rating', memoryOf(world).ratings[`${caseNumber}/${String(body['assessNumber'])}`]),
      tags: String(body['evalDetail'])
        .split(',')
        .filter((code) => code !== '')
        .map((code) => read('evalDetail', code)),
      comment: body['writingEvaluation'],
      channel: read('ratingChannel', body['pf']),
      ratedAt: instant(body['assessTime']),
      round: Number(body['assessNumber']),
    }
  },
}
