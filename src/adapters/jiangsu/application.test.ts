/** Applications in Jiangsu's words: who may file, and what cannot be said. */
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Note } from '../kit/trace.ts'
import { jiangsu } from './index.ts'
import { context, readMatter } from './test-samples.ts'

describe('what cannot be said in Jiangsu’s words', () => {
  const refused = async (change: (application: Application) => Application, matter?: Partial<Matter>) => {
    const own = { ...(await readMatter()), ...matter }
    const application: Application = {
      matter: own.id,
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '甲',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
      },
      form: {},
      documents: [],
    }
    try {
      jiangsu.dialect.application.write(change(application), {
        ...context,
        matter: own,
        sourceNumber: 'CSJ1',
        appliedAt: '2026-03-02T09:05:00+08:00',
      })
    } catch (error) {
      if (error instanceof GatewayError) return [error.code, ...error.errors.map((one) => one.pointer)]
      throw error
    }
    return ['written']
  }
  test('an organisation without an agent, a person without a mobile, a mode without a code', async () => {
    const firm = {
      kind: 'organisation' as const,
      name: '乙',
      idDocument: { type: '001', number: '91320500MA1TEXT06A' },
      legalRepresentative: '甲',
    }
    expect(await refused((one) => ({ ...one, applicant: firm }))).toEqual(['CONVERSION_INCOMPLETE', '/agent'])
    expect(
      await refused(({ applicant: { mobile: _, ...rest }, ...one }) => ({ ...one, applicant: rest })),
    ).toEqual(['CONVERSION_INCOMPLETE', '/applicant/mobile'])
    expect(await refused((one) => ({ ...one, mode: 'authorisedLocal' }))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/mode',
    ])
  })
  test('a required document by licence alone', async () => {
    const [material] = (await readMatter()).documents
    const licence = { id: material?.id ?? '', mode: 'licence' as const, licence: 'x' }
    expect(await refused((one) => ({ ...one, documents: [licence] }))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/documents/0/mode',
    ])
    expect(await refused((one) => ({ ...one, documents: [licence] }), { region: 'zhejiang' })).toEqual([
      'written',
    ])
  })
})

describe('who files', () => {
  const matterWith = async (subjects: Matter['subjects']): Promise<Matter> => ({
    ...(await readMatter()),
    subjects,
  })
  const contextOf = (matter: Matter) => ({
    ...context,
    matter,
    sourceNumber: 'CSJ1',
    appliedAt: '2026-03-02T09:05:00+08:00',
  })
  const firm: Application['applicant'] = {
    kind: 'organisation',
    name: '乙',
    idDocument: { type: '001', number: '91320500MA1TEXT06A' },
    legalRepresentative: '甲',
  }
  const clerk: Application['agent'] = {
    name: '丙',
    idDocument: { type: '111', number: '320102190102030028' },
    mobile: '10000000003',
  }
  const person: Application['applicant'] = {
    kind: 'person',
    name: '甲',
    idDocument: { type: '111', number: '320501190001010015' },
    mobile: '10000000001',
  }
  const written = async (
    applicant: Application['applicant'],
    agent: Application['agent'] = null,
    subjects: Matter['subjects'] = ['person', 'enterprise', 'otherOrganisation'],
  ) => {
    const matter = await matterWith(subjects)
    const own: Application = {
      matter: matter.id,
      division: '320500',
      sourceDivision: '310000',
      applicant,
      ...(agent ? { agent } : {}),
      form: {},
      documents: [],
    }
    const wire = jiangsu.dialect.application.write(own, contextOf(matter))
    return { wire, read: jiangsu.dialect.application.read(wire, contextOf(matter)) }
  }

  test('the contact of a person is the person, with as much of the name as fits', async () => {
    const name = '长'.repeat(60)
    const { wire, read } = await written({ ...person, name })
    expect(wire).toMatchObject({
      applyername: name,
      contactperson: '长'.repeat(50),
      contactmobile: '10000000001',
      idcard: '',
    })
    expect(read.applicant).toEqual({ ...person, name })
    expect(read).not.toHaveProperty('agent')
  })

  test('the agent is the contact, with the resident number in idcard', async () => {
    const { wire, read } = await written(firm, clerk)
    expect(wire).toMatchObject({
      contactperson: '丙',
      contactmobile: '10000000003',
      idcard: '320102190102030028',
    })
    expect(read.agent).toEqual(clerk)
    expect(read.applicant).toEqual(firm)
  })

  test('an agent with a landline alone is refused, with the place of the mobile', async () => {
    const { mobile: _gone, ...rest } = clerk
    await expect(written(firm, { ...rest, phone: '0512-12345678' })).rejects.toMatchObject({
      code: 'CONVERSION_INCOMPLETE',
      errors: [{ pointer: '/agent/mobile' }],
    })
    const { wire, read } = await written(firm, { ...clerk, phone: '0512-12345678' })
    expect(wire).toMatchObject({ contactmobile: clerk.mobile })
    expect(read.agent).toEqual(clerk)
  })

  test('a person may have an agent of another certificate, an organisation not', async () => {
    const foreign = { ...clerk, idDocument: { type: '414', number: 'E12345678' } }
    const { wire, read } = await written(person, foreign)
    expect(wire).toMatchObject({
      idcard: '',
      contactperson: '丙',
      extinfo: { agentidtype: '414', agentid: 'E12345678' },
    })
    expect(wire).not.toHaveProperty('extinfo.idtype')
    expect(read.agent).toEqual(foreign)
    const both = await written({ ...person, idDocument: { type: '516', number: 'H12345678' } }, foreign)
    expect(both.wire).toMatchObject({ certtype: '99', extinfo: { idtype: '516', agentidtype: '414' } })
    await expect(written(firm, foreign)).rejects.toMatchObject({
      errors: [{ pointer: '/agent/idDocument/type' }],
    })
  })

  test.each<[string, string, Matter['subjects'], string, string]>([
    ['001', '91320500MA1TEXT06A', ['enterprise', 'otherOrganisation'], '10', '16'],
    ['001', '92320500MA1TEXT06A', ['enterprise', 'otherOrganisation'], '30', '16'],
    ['001', '91320500MA1TEXT06A', ['otherOrganisation'], '30', '16'],
    ['001', '92320500MA1TEXT06A', ['enterprise'], '10', '16'],
    ['001', '92320500MA1TEXT06A', ['organisation'], '30', '16'],
    ['099', 'MA1TEXT06', ['enterprise', 'otherOrganisation'], '10', '14'],
    ['999', '91X', ['enterprise', 'otherOrganisation'], '30', '99'],
  ])('an organisation with %s %s, of a matter for %j, is %s with certificate %s', async (...row) => {
    const [type, number, subjects, applyertype, certtype] = row
    const { wire } = await written({ ...firm, idDocument: { type, number } }, clerk, subjects)
    expect(wire).toMatchObject({ applyertype, certtype, certnum: number })
  })

  test.each([
    ['111', '22'],
    ['414', '99'],
    ['516', '99'],
    ['511', '99'],
    ['553', '99'],
    ['114', '99'],
    ['999', '99'],
  ])('a person with %s has certificate %s, and the kind is not lost', async (type, certtype) => {
    const { wire, read } = await written({ ...person, idDocument: { type, number: 'A1' } })
    expect(wire).toMatchObject({ applyertype: '20', certtype })
    expect(read.applicant.idDocument).toEqual({ type, number: 'A1' })
  })

  test('an enterprise names its legal representative, with a resident number or none', async () => {
    const id = { type: '111', number: '320501190001010015' }
    const { wire, read } = await written({ ...firm, legalRepresentativeId: id }, clerk)
    expect(wire).toMatchObject({ legal: '甲', legalid: '320501190001010015' })
    expect(read.applicant.legalRepresentativeId).toEqual(id)
    const other = await written({ ...firm, legalRepresentativeId: { type: '414', number: 'E1' } }, clerk)
    expect(other.wire).toMatchObject({ legalid: '' })
    await expect(written({ ...firm, legalRepresentative: null }, clerk)).rejects.toMatchObject({
      errors: [{ pointer: '/applicant/legalRepresentative' }],
    })
  })

  test('an application without an agent’s or applicant’s extras is read from its contact alone', async () => {
    const { wire } = await written({ ...person, address: '示例路1号' })
    const matter = await matterWith(['person'])
    const bare = { ...wire, extinfo: { gatewaytrace: 'x' }, address: '', idcard: '' }
    expect(jiangsu.dialect.application.read(bare, contextOf(matter)).applicant).toEqual(person)
  })
})

describe('what is filled in', () => {
  const wireOf = async (change: Partial<Application>, matter?: Partial<Matter>) => {
    const own = { ...(await readMatter()), ...matter }
    const application: Application = {
      matter: own.id,
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '甲',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
      },
      form: {},
      documents: [],
      ...change,
    }
    const ctx = { ...context, matter: own, sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
    return jiangsu.dialect.application.write(application, ctx) as Record<string, unknown>
  }

  test('title, number, time and an empty form', async () => {
    expect(await wireOf({})).toMatchObject({
      taskguid: '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
      projectname: '甲的社会保障卡补领换领换发',
      sourceprojectno: 'CSJ1',
      applydate: '2026-03-02 09:05:00',
      formdata: '{}',
    })
    expect(await wireOf({ appliedAt: '2026-03-01T08:00:00+08:00' })).toMatchObject({
      applydate: '2026-03-01 08:00:00',
    })
    const long = await wireOf({}, { name: { zh: '𠮷'.repeat(300) } })
    expect([...String(long['projectname'])]).toHaveLength(200)
  })

  test('the mode of the matter where nobody named one', async () => {
    expect(await wireOf({})).toMatchObject({ applyway: '20' })
    expect(await wireOf({ mode: 'joint' })).toMatchObject({
      applyway: '30',
      centerguid: '078532b4-6d9e-3d4f-0657-373f0c2c9bed',
    })
    const online = await wireOf({}, { modes: ['online'], mode: 'online' })
    expect(online).toMatchObject({ applyway: '10' })
    expect(online).not.toHaveProperty('centerguid')
  })

  test('the matter’s own delivery where nobody named one, and never the post without an address', async () => {
    expect(await wireOf({}, { deliveryModes: ['post', 'pickup'] })).toMatchObject({ sendway: '30' })
    expect(await wireOf({}, { deliveryModes: ['download'] })).toMatchObject({ sendway: '10' })
    expect(await wireOf({}, { deliveryModes: ['licence'] })).toMatchObject({ sendway: '10' })
  })

  test('files by upload or scan; a licence or a promise for what is not required is left out', async () => {
    const [card, photo] = (await readMatter()).documents
    if (!card || !photo) throw new Error('no documents')
    const documents: Matter['documents'] = [
      card,
      { ...photo, necessity: 'deferrable' },
      { ...photo, id: 'x', necessity: 'optional' },
    ]
    const wire = await wireOf(
      {
        documents: [
          { id: card.id, mode: 'scan', uploads: ['up_1', 'up_2'] },
          { id: photo.id, mode: 'later' },
          { id: 'x', mode: 'licence', licence: 'y' },
        ],
      },
      { documents },
    )
    expect(wire['materiallist']).toEqual([
      {
        taskmaterialguid: card.id,
        materialname: '居民身份证',
        attachlist: [{ attachguid: 'up_1' }, { attachguid: 'up_2' }],
      },
    ])
  })

  test('the addressee stands in postinfo for the post alone', async () => {
    const to = { name: '乙', mobile: '10000000002', address: '示例路2号' }
    const posted = await wireOf({ delivery: { mode: 'post', ...to } })
    expect(JSON.parse(String(posted['postinfo']))).toEqual({
      postname: '乙',
      postmobile: '10000000002',
      postaddress: '示例路2号',
    })
    const picked = await wireOf({ delivery: { mode: 'pickup', ...to } })
    expect(picked).toMatchObject({ sendway: '30' })
    expect(picked).not.toHaveProperty('postinfo')
  })
})

describe('an application as it goes over the wire, with its token', () => {
  const sent = async () => {
    const matter = await readMatter()
    const ctx = { ...context, matter, sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
    const application: Application = {
      matter: matter.id,
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '甲',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
      },
      form: {},
      documents: [],
    }
    return { ctx, params: jiangsu.dialect.application.write(application, ctx) as Record<string, unknown> }
  }

  test('is read as its params are', async () => {
    const { ctx, params } = await sent()
    const read = jiangsu.dialect.application.read
    expect(read({ token: 'x', params }, ctx)).toEqual(read(params, ctx))
    expect(jiangsu.dialect.application.refer({ token: 'x', params })).toEqual({
      code: params['taskguid'],
      division: '320500',
    })
  })

  test('has its faults and its trace at their places in the whole', async () => {
    const { ctx, params } = await sent()
    const notes: Note[] = []
    jiangsu.dialect.application.read({ token: 'x', params }, ctx, notes)
    expect(notes.flatMap((one) => one.wire)).toContain('/params/applyername')
    expect(notes.flatMap((one) => one.wire).every((one) => /^\/(params\/|token$)/.test(one))).toBe(true)
    const broken = { token: 'x', params: { ...params, applyername: '' } }
    expect(() => jiangsu.dialect.application.read(broken, ctx)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/params/applyername' })] }),
    )
  })

  test('may have a single material and a single file as objects, each at its own place', async () => {
    const { ctx, params } = await sent()
    const notes: Note[] = []
    const material = {
      taskmaterialguid: 'm1',
      materialname: '甲',
      attachlist: { attachguid: 'up_1', attachname: 'a.pdf' },
    }
    const read = jiangsu.dialect.application.read({ ...params, materiallist: material }, ctx, notes)
    expect(read.documents).toEqual([{ id: 'm1', mode: 'upload', uploads: ['up_1'] }])
    const places = notes.flatMap((one) => one.wire).filter((one) => one.startsWith('/materiallist'))
    expect(places.toSorted()).toEqual([
      '/materiallist/attachlist/attachguid',
      '/materiallist/attachlist/attachname',
      '/materiallist/materialname',
      '/materiallist/taskmaterialguid',
    ])
    const none = jiangsu.dialect.application.read({ ...params, materiallist: '' }, ctx)
    expect(none.documents).toEqual([])
  })
})
