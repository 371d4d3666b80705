/** The recorded documents of the contract, read leaf by leaf. */
import { describe, expect, test } from 'vitest'
import { close, reading } from '../kit/ledger.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import { matter } from './matter.ts'
import {
  applied,
  applying,
  context,
  dataOf,
  row,
  type Sample,
  sample,
  samples,
  vectors,
} from './test-vectors.ts'
import { itemsOf } from './xml.ts'

const pathIn = (one: Sample) =>
  (one.request.body as { suffInfoList: { attachMentVOs: { attPath: string }[] }[] }).suffInfoList.at(-1)
    ?.attachMentVOs[0]?.attPath ?? ''

describe('recorded documents are read whole', () => {
  const forgotten = (wire: unknown, read: (notes: Note[]) => unknown): readonly string[] => {
    const notes: Note[] = []
    read(notes)
    return close(wire, reading(notes), 'unmentioned')
      .entries.filter((entry) => entry.rule === 'unmentioned')
      .flatMap((entry) => entry.source)
  }

  test('the application, leaf by leaf', () => {
    const wire = sample('apply-submit').request.body
    expect(application.read(wire, applying)).toEqual({
      ...applied,
      documents: [
        ...applied.documents.slice(0, 2),
        { id: 'M9900203', mode: 'upload', uploads: [pathIn(sample('apply-submit'))] },
      ],
    })
    expect(forgotten(wire, (notes) => application.read(wire, applying, notes))).toEqual([])
  })

  test.each(samples.filter((one) => one.op === 'case-query'))('the case, leaf by leaf ($note)', (one) => {
    const wire = dataOf(one)
    // The state and its label come from phase and action; the rest says nothing canonical.
    expect(forgotten(wire, (notes) => caseMessage.read(wire, context, notes))).toEqual([
      '/affairType',
      '/nodeName',
      '/proStatus',
      '/extField1',
    ])
  })

  test.each(vectors.catalogue.map((one) => one.row.QL_INNER_CODE.slice(-5)))(
    'matter %s is read, and read back from what is written',
    (number) => {
      const told = vectors.catalogue.find((one) => one.row.QL_INNER_CODE.endsWith(number))
      const canon = matter.read(row(number), context)
      const division = `${told?.row.BELONGXIAQUCODE.slice(0, 4)}00`
      expect(canon).toMatchObject({
        id: `zhejiang:${division}:${told?.row.QL_INNER_CODE}`,
        name: { zh: told?.name },
        divisions: [division],
        commitment: { days: told?.summary.promiseDays },
        statutory: { days: told?.summary.legalDays },
        powerType: told?.summary.matterType,
        availability: [{ division, from: told?.row.UPDATE_DATE.slice(0, 10), to: null }],
      })
      expect(canon.documents.map((one) => one.id)).toEqual(told?.materials.map((one) => one.materialGuid))
      expect(canon.form.fields.map((one) => one.name)).toEqual(told?.form.map((one) => one.name))
      expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
    },
  )
})

describe('recorded documents are written again as they came', () => {
  test('the application: all but the number, which is taken when it is sent, and the names of files', () => {
    const { projId: _number, ...wire } = structuredClone(sample('apply-submit').request.body) as {
      projId: string
      suffInfoList: { attachMentVOs: { attName: string }[] }[]
    }
    for (const { attachMentVOs } of wire.suffInfoList)
      for (const file of attachMentVOs) file.attName = '附件1'
    expect(application.write(application.read(wire, applying), applying)).toEqual(wire)
  })

  /** A number is as good as its decimal text, and nothing is as good as an empty text. */
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value === null ? '' : String(value)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
  }
  const without = (value: object, names: readonly string[]) =>
    Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))

  test.each(samples.filter((one) => one.op === 'case-query'))('the case ($note)', (one) => {
    const wire = dataOf(one)
    const back = caseMessage.write(caseMessage.read(wire, context), context)
    const said = without(wire, ['affairType', 'nodeName', 'proStatus', 'extField1', 'nodes'])
    expect(plain(back)).toMatchObject(
      Object.fromEntries(
        Object.entries(said)
          .filter(([, value]) => plain(value) !== '')
          .map(([k, v]) => [k, plain(v)]),
      ),
    )
    // The clerk's account and his department's code have no place in a step.
    const steps = (wire['nodes'] as object[]).map((node) => without(node, ['operatorUid', 'deptCode']))
    expect(plain(back.nodes)).toMatchObject(plain(steps) as object[])
  })

  test.each(vectors.catalogue.map((one) => one.row.QL_INNER_CODE.slice(-5)))('matter %s', (number) => {
    const wire = row(number)
    const back = matter.write(matter.read(wire, context), context) as Record<string, unknown>
    const nested = ['MATERIAL_INFO', 'ACCEPT_ADDRESS_INFO', 'FORM_INFO']
    for (const [name, value] of Object.entries(back))
      if (!nested.includes(name)) expect([name, String(value)]).toEqual([name, plain(wire[name])])
    expect(plain(JSON.parse(String(back['FORM_INFO'])))).toEqual(plain(JSON.parse(String(wire['FORM_INFO']))))
    for (const [name, outer, inner] of [
      ['MATERIAL_INFO', 'MATERIALS', 'MATERIAL'],
      ['ACCEPT_ADDRESS_INFO', 'ACCEPT_ADDRESSS', 'ACCEPT_ADDRESS'],
    ] as const)
      expect(itemsOf(String(back[name]), outer, inner)).toEqual(itemsOf(String(wire[name]), outer, inner))
  })
})
