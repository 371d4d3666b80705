/** A matter as list, detail, materials and centres tell it (4.a), in all that the contract leaves free. */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import type { Matter } from '../../schemas/matter.ts'
import { jiangsu } from './index.ts'
import { context, platform } from './test-samples.ts'

type Template = (typeof vectors.catalogue)[number]

/** The catalogue's matter as the four calls answer it. */
const read = (template: Template, change: object = {}, material: object = {}): Promise<Matter> => {
  const { materials, formfields, centers, offered: _, ...members } = template
  return platform({
    getTaskDetail: () => ({ ...members, formjson: JSON.stringify(formfields), ...change }),
    getTaskMaterialList: () => ({ materiallist: materials.map((one) => ({ ...one, ...material })) }),
    getTaskCenterList: () => ({ centerlist: centers }),
  }).link.readMatter({ division: template.areacode, code: template.taskguid })
}
const named = (name: string): Template => {
  const found = vectors.catalogue.find((one) => one.taskname === name)
  if (!found) throw new Error(name)
  return found
}
const CARD = named('社会保障卡补领换领换发')

describe('every matter of the catalogue', () => {
  test.each(vectors.catalogue.map((one) => [one.taskname, one] as const))('%s', async (name, template) => {
    const matter = await read(template)
    expect(matter).toMatchObject({
      id: `jiangsu:320500:${template.taskguid}`,
      name: { zh: name },
      divisions: ['320500'],
      baseCode: template.catalogcode,
      implementationCode: template.taskcode,
      businessItemCode: template.taskhandleitem,
      regional: { code: template.taskguid, version: template.taskversion },
      agency: { name: template.ouname, code: template.ouguid, uscc: template.deptcode },
      powerType: template.tasktype,
      commitment: {
        days: template.promise_day,
        unit: template.promise_type === '1' ? 'working' : 'calendar',
      },
      statutory: {
        days: template.anticipate_day,
        unit: template.anticipate_type === '1' ? 'working' : 'calendar',
      },
      isOnline: template.is_online === '1',
      hasFee: template.is_fee === '1',
      conditions: template.accept_condition,
      flow: template.handle_flow,
      legalBasis: template.by_law,
      resultName: template.resultname,
      resultType: template.resulttype,
      phone: template.link_way,
      complaintPhone: template.supervise_way,
      state: template.is_enable === '1' ? 'active' : 'suspended',
      fileable: template.is_enable === '1' && ['1', '2'].includes(template.iscross),
      updatedAt: `${template.operatedate.replace(' ', 'T')}+08:00`,
      availability: [{ division: '320500', from: template.operatedate.slice(0, 10), to: null }],
    })
    expect(matter.form.fields.map((one) => [one.name, one.label.zh, one.required, one.maxLength])).toEqual(
      template.formfields.map((one) => [one.name, one.label, one.required === '1', Number(one.maxlength)]),
    )
    expect(matter.documents).toHaveLength(template.materials.length)
    template.materials.forEach((one, index) => {
      expect(matter.documents[index]).toMatchObject({
        id: one.taskmaterialguid,
        name: { zh: one.materialname },
        exemptedBy: one.zzlxdm === '' ? [] : [{ licenceType: one.zzlxdm }],
        copies: one.pagenum,
        isPhoto: one.isphoto === '1',
        modes: one.necessity === '30' ? ['upload', 'later'] : ['upload'],
      })
    })
    expect(matter.servicePoints).toEqual(
      template.centers.map((one) => ({
        id: one.centerguid,
        name: one.centername,
        division: one.areacode,
        address: one.address,
        phone: one.phone,
        hours: one.worktime,
        lon: Number(one.longitude),
        lat: Number(one.latitude),
      })),
    )
    // What came is written back, member by member; what stays in Jiangsu's catalogue is the exception.
    const wire = jiangsu.dialect.matter.write(matter, context) as Record<string, unknown>
    for (const [member, value] of Object.entries(template)) {
      if (
        [
          'item_id',
          'localcatalogcode',
          'fee_basis',
          'materials',
          'formfields',
          'centers',
          'offered',
        ].includes(member)
      )
        continue
      expect([member, wire[member]]).toEqual([member, value])
    }
    expect(JSON.parse(String(wire['formjson']))).toEqual(template.formfields)
    expect(wire['centerlist']).toEqual(template.centers)
    const withoutAddresses = (rows: readonly object[]) =>
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).filter(([name, value]) => !(name.endsWith('url') && value === '')),
        ),
      )
    expect(wire['materiallist']).toEqual(withoutAddresses(template.materials))
  })
})

describe('what the contract leaves free', () => {
  test('numbers come as digits', async () => {
    expect(await read(CARD, { promise_day: '15', anticipate_day: '30' }, { pagenum: '2' })).toMatchObject({
      commitment: { days: 15 },
      statutory: { days: 30 },
      documents: [{ copies: 2 }, { copies: 2 }],
    })
  })

  test('collections come as a single object, or as an empty text', async () => {
    const { materials, formfields, centers, offered: _, ...members } = CARD
    const { link } = platform({
      getTaskDetail: () => ({ ...members, formjson: JSON.stringify(formfields) }),
      getTaskMaterialList: () => ({ materiallist: materials[0] }),
      getTaskCenterList: () => ({ centerlist: '' }),
    })
    const matter = await link.readMatter({ division: '320500', code: CARD.taskguid })
    expect(matter.documents.map((one) => one.id)).toEqual([materials[0]?.taskmaterialguid])
    expect(matter.servicePoints ?? []).toEqual([])
    expect(centers.length).toBeGreaterThan(0)
  })

  test('members that nobody listed are ignored', async () => {
    expect(await read(CARD, { more: { a: [null] } }, { reserved: null })).toEqual(await read(CARD))
  })

  test.each([
    ['tasktype', 'powerType'],
    ['projecttype', 'handling'],
    ['iscross', 'scope'],
    ['promise_type', 'commitment'],
    ['anticipate_type', 'statutory'],
  ])('an unknown or empty %s is not guessed, and the matter is read', async (member, canon) => {
    for (const code of ['77', '']) expect(await read(CARD, { [member]: code })).not.toHaveProperty(canon)
  })

  test.each<[string, string, keyof Matter, unknown]>([
    ['applyertype', '20;77', 'subjects', ['person']],
    ['crossmode', '88;20', 'modes', ['onBehalf']],
    ['sendway', '20;88', 'deliveryModes', ['post']],
  ])('of %s "%s" the known ones are read', async (member, codes, canon, known) => {
    expect(await read(CARD, { [member]: codes })).toMatchObject({ [canon]: known })
  })

  test('an unknown necessity demands nothing, and hides no matter', async () => {
    const matter = await read(CARD, {}, { necessity: '77', submittype: '77', file_source: '' })
    expect(matter.documents.map((one) => one.necessity)).toEqual(['optional', 'optional'])
    expect(matter.documents[0]).not.toHaveProperty('form')
    expect(matter.documents[0]).not.toHaveProperty('source')
  })

  test('only iscross 1 and 2 may be filed, and only what is in use', async () => {
    const fileable = async (change: object) => (await read(CARD, change)).fileable
    expect(await Promise.all(['0', '1', '2', '3', '4', '8'].map((iscross) => fileable({ iscross })))).toEqual(
      [false, true, true, false, false, false],
    )
    expect(await fileable({ is_enable: '0' })).toBe(false)
  })

  test('each type of field has its form, a missing length is 200, and a choice may contain a colon or no label', async () => {
    const field = (name: string, type: string, more: object = {}) => ({
      name,
      label: name,
      type,
      required: '0',
      code: '',
      maxlength: '200',
      ...more,
    })
    const formjson = JSON.stringify([
      field('a', 'string', { maxlength: '' }),
      field('b', 'date'),
      field('c', 'number', { maxlength: '8' }),
      field('d', 'idcard'),
      field('e', 'uscc'),
      field('f', 'mobile'),
      field('g', 'code', { code: '1:甲:乙;2:' }),
    ])
    const { fields } = (await read(CARD, { formjson })).form
    expect(fields.map((one) => one.type)).toEqual([
      'text',
      'date',
      'number',
      'idcard',
      'uscc',
      'mobile',
      'select',
    ])
    expect(fields.map((one) => one.maxLength)).toEqual([200, 200, 8, 200, 200, 200, 200])
    const number = new RegExp(fields[2]?.pattern ?? '')
    expect(['1', '0.5', '12.34', '-1', '1.', '1.234', '.5', 'x'].map((one) => number.test(one))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ])
    expect(fields[6]?.options).toEqual([
      { value: '1', label: { zh: '甲:乙' } },
      { value: '2', label: { zh: '2' } },
    ])
    expect((await read(CARD, { formjson: '[]' })).form.fields).toEqual([])
  })
})

describe('what other regions say, in Jiangsu’s codes', () => {
  const written = async (change: Partial<Matter>) =>
    jiangsu.dialect.matter.write({ ...(await read(CARD)), ...change }, context) as Record<string, unknown>

  test('kinds of organisations, hours, modes and licences that Jiangsu does not tell apart', async () => {
    expect(await written({ subjects: ['organisation', 'person'] })).toMatchObject({ applyertype: '10;30;20' })
    expect(await written({ subjects: ['institution', 'agency'] })).toMatchObject({ applyertype: '10' })
    expect(await written({ commitment: { days: 4, unit: 'hour' } })).toMatchObject({
      promise_day: 0,
      promise_type: '1',
    })
    expect(await written({ statutory: { days: 4, unit: 'calendar' } })).toMatchObject({
      anticipate_day: 4,
      anticipate_type: '2',
    })
    expect(await written({ modes: ['authorisedLocal', 'joint'] })).toMatchObject({ crossmode: '30' })
    expect(await written({ deliveryModes: ['licence', 'download', 'pickup'] })).toMatchObject({
      sendway: '10;30',
    })
    expect(await written({ state: 'cancelled' })).toMatchObject({ is_enable: '0' })
  })

  test('a document that may follow later, on credit or not', async () => {
    const [document] = (await read(CARD)).documents
    if (!document) throw new Error('no document')
    for (const necessity of ['creditDeferrable', 'deferrable'] as const)
      expect(await written({ documents: [{ ...document, necessity }] })).toMatchObject({
        materiallist: [{ necessity: '30' }],
      })
  })

  test.each([
    ['10', 'electronic', '10', 'applicant'],
    ['20', 'paper', '20', 'government'],
    ['35', 'both', '99', 'other'],
  ])('submittype %s is %s, file_source %s is %s', async (submittype, form, file_source, source) => {
    expect((await read(CARD, {}, { submittype, file_source })).documents[0]).toMatchObject({ form, source })
  })

  test('a field is required by 1 alone', async () => {
    const fields = ['1', '0', '', undefined].map((required, index) => ({
      name: `f${index}`,
      label: '甲',
      type: 'string',
      ...(required === undefined ? {} : { required }),
    }))
    const matter = await read(CARD, { formjson: JSON.stringify(fields) })
    expect(matter.form.fields.map((one) => one.required)).toEqual([true, false, false, false])
  })
})
