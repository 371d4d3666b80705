/** Anhui by its contract: three XML documents in a form, and what the platform remembers of them. */
import { createHash } from 'node:crypto'
import type { PlatformState } from '../../../src/sandbox/anhui/state.ts'
import type { Application, DocumentEntry } from '../../../src/schemas/application.ts'
import type { Matter } from '../../../src/schemas/matter.ts'
import type { RatingTag } from '../../../src/schemas/rating.ts'
import { agree } from '../judge.ts'
import type { Told, World } from '../world.ts'
import { textsOf } from '../xml.ts'
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

const TYPES = new Set(['111', '001', '414', '516', '511', '114'])
const typeOf = (type: string) => (TYPES.has(type) ? type : '999')

const memoryOf = ({ region }: World) => region.save() as PlatformState

function keptCase(world: World, caseNumber: string) {
  const record = memoryOf(world).cases[caseNumber]
  if (!record) throw new Error(`the platform has no ${caseNumber}`)
  return record
}

const formField = ({ out }: Told, name: string): string =>
  new URLSearchParams(String(out.body)).get(name) ?? ''

/** A form field without a value is an empty element, or none. */
const filled = (form: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))

/** Divisions have twelve digits in Anhui's forms. */
const inTwelve = (form: Application['form'], { form: { fields } }: Matter) =>
  Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      const isArea = fields.some((field) => field.name === name && field.type === 'area')
      return [name, isArea && value.length === 6 ? `${value}000000` : value]
    }),
  )

const waysIn = ({ documents }: Application) => Object.fromEntries(documents.map(({ id, mode }) => [id, mode]))
const licencesIn = (documents: readonly DocumentEntry[]) =>
  Object.fromEntries(
    documents.flatMap(({ id, mode, licence }) => (mode === 'licence' ? [[id, licence]] : [])),
  )

/** 办结结果 (5.1c) as the decision that its label names. */
const DECISIONS: Readonly<Record<string, string>> = {
  '0': 'granted',
  '1': 'denied',
  '2': 'voided',
  '3': 'voided',
  '4': 'forwarded',
  '5': 'withdrawn',
  '6': 'notAccepted',
}
/** 特别程序 (5.14). */
const SPECIAL: Readonly<Record<string, string>> = { A: '延长审批', B: '其他特别程序' }

/** Tags are words (5.10b). */
const TAG_WORDS: Readonly<Record<RatingTag, string>> = {
  slow: '办事效率低',
  guideWrong: '办事指南不准确',
  inconvenient: '办事不便捷',
  platformBad: '平台操作性差',
  attitude: '服务态度差',
  skill: '服务水平低',
  other: '其他',
}

export const anhuiCases: CaseReading = {
  divisions: [
    '340100',
    '340200',
    '340300',
    '340400',
    '340500',
    '340600',
    '340700',
    '340800',
    '341000',
  ].concat(['341100', '341200', '341300', '341500', '341600', '341700', '341800']),
  meant: ({ sourceNumber: _, matter }, canon): Meaning => {
    const { applicant, agent } = canon
    const contact = agent ?? applicant
    return present({
      matter: matter.regional?.code,
      version: matter.regional?.version,
      division: canon.division,
      sourceDivision: canon.sourceDivision,
      handling: matter.handling,
      kind: applicant.kind,
      name: applicant.name,
      type: typeOf(applicant.idDocument.type),
      number: applicant.idDocument.number,
      contact: [
        first(contact.name, 50),
        typeOf(contact.idDocument.type),
        contact.idDocument.number,
        contact.mobile,
      ],
      legalRepresentative: applicant.legalRepresentative,
      address: said(applicant.address),
      form: filled(inTwelve(canon.form, matter)),
      appliedAt: canon.appliedAt,
      ways: waysIn(canon),
      licences: licencesIn(canon.documents),
      files: uploadsIn(canon),
    })
  },
  kept: (world, caseNumber, read): Meaning => {
    const record = keptCase(world, caseNumber)
    const sent = world.last('apply-submit')
    const [info] = textsOf(formField(sent, 'apasInfoXml'), 'SERVICEINFO')
    const [form] = textsOf(formField(sent, 'formXml'), 'FORMDATA')
    const materials = textsOf(formField(sent, 'attrXml'), 'RECORD')
    const { files } = memoryOf(world)
    return present({
      matter: record.serviceCode,
      version: record.version,
      division: read('area', record.areaCode),
      sourceDivision: String(at(JSON.parse(info?.['EXTEND'] ?? '{}'), 'applyRegion')),
      handling: read('caseType', info?.['INFOTYPE_CODE']),
      kind: read('applicantKind', info?.['ADDTYPE']),
      name: record.applicant.name,
      type: read('certType', record.applicant.cardType),
      number: record.applicant.cardNumber,
      contact: [
        info?.['CONTACTMAN'],
        read('certType', info?.['CONTACTMAN_CARDTYPE']),
        info?.['CONTACTMAN_CARDNUMBER'],
        info?.['TELPHONE'],
      ],
      legalRepresentative: said(info?.['LEGALMAN']),
      address: said(info?.['ADDRESS']),
      form: filled(form ?? {}),
      appliedAt: instant(record.applyTime),
      ways: Object.fromEntries(materials.map((one) => [one['ATTRID'], read('takeType', one['TAKETYPE'])])),
      licences: Object.fromEntries(
        materials.flatMap((one) => (one['TAKETYPE'] === '5' ? [[one['ATTRID'], one['MEMO']]] : [])),
      ),
      files: uploadsBy(
        record.files
          .flatMap((url) => files[url] ?? [])
          .map(({ attrId, base64 }) => ({ id: attrId, bytes: Buffer.from(base64, 'base64') })),
      ),
    })
  },
  files: (world, caseNumber) => {
    const { files } = memoryOf(world)
    return keptCase(world, caseNumber).files.map((reference) => ({
      reference,
      bytes: Buffer.from(files[reference]?.base64 ?? '', 'base64'),
    }))
  },
  stateIn: (world, read) => read('caseStatus', at(answered(world.last('case-query')), 'data', 'handleState')),
  decisionIn: (world, _status, read) => {
    const code = said(at(answered(world.last('case-query')), 'data', 'transactResultCode'))
    if (code === undefined) return undefined
    read('transactResult', code)
    return DECISIONS[code]
  },
  besides: ({ body }, event, read) => {
    const text = Buffer.from(body).toString('latin1')
    const accepted = /ACCEPT_RESULT_CODE(?:%3E|>)(\d)/.exec(text)?.[1]
    if (accepted !== undefined) agree('callback acceptance', event.status, read('acceptResult', accepted))
    const special = /SPECIAL_TYPE(?:%3E|>)([AB])/.exec(text)?.[1]
    if (special === undefined) return
    read('specialProcedure', special)
    agree('callback special procedure', event.note?.startsWith(SPECIAL[special] ?? '?'), true)
  },
  stateOf: ({ body }, read) => {
    // State and structure are ASCII in every charset that Anhui writes.
    const state = /handleState(?:%3E|>)(\d\d)/i.exec(Buffer.from(body).toString('latin1'))?.[1]
    return read('caseStatus', state)
  },
  // The way of delivery and the special procedure are told before it.
  opinionOf: (to) => (to === 'DELIVERED' || to === 'SUSPENDED' ? 'after' : 'whole'),
  // `UNID` is all that Anhui has of it: 32 hexadecimal digits that we make of it.
  sourceNumber: (own) => createHash('sha256').update(own).digest('hex').slice(0, 32),
  ratingMeant: ({ grade, tags, comment, channel }) => ({
    grade,
    tags: tags.map((tag) => TAG_WORDS[tag]),
    comment: comment ?? tags.map((tag) => TAG_WORDS[tag]).join('；'),
    // A link in a text message is opened on a phone: Anhui has no word for it.
    channel: channel === 'sms' ? 'mobile' : channel,
  }),
  ratingKept: (world, caseNumber, read) => {
    const body = asked(world.last('rating-push')) as Plain
    if (!memoryOf(world).ratings[`${caseNumber}/${String(body['handleStateCode'])}`])
      throw new Error('the platform kept no rating')
    return {
      grade: read('grade', body['evaluateLevel']),
      tags: many(body['evaluateTags']),
      comment: body['evaluateContent'],
      channel: read('channel', body['evaluateChannel']),
    }
  },
}
