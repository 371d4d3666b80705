/** What is written is read back the same; what has no place is told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agent, Application, DocumentEntry } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { all, digits, divisions, instants, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import { applied, applying, firm, moving } from './test-vectors.ts'

describe('applications', () => {
  const mobile = digits(10).map((one) => `1${one}`)
  const card = all<{ type: string; number: string }>({
    type: fc.constantFrom('111', '414', '516', '511', '114', '999'),
    number: digits(18),
  })
  const self = fc
    .tuple(
      some<Application['applicant']>(
        { kind: fc.constant('person'), name: text(40), idDocument: card, mobile, address: text(60) },
        ['kind', 'name', 'idDocument', 'mobile'],
      ),
    )
    .map(([applicant]) => ({ applicant }))
  const agent = all<NonNullable<Application['agent']>>({ name: text(40), idDocument: card, mobile })
  const company = fc
    .tuple(
      some<Application['applicant']>(
        {
          kind: fc.constant('organisation'),
          name: text(80),
          idDocument: fc.constant({ type: '001', number: '91330100MA9TEXT19M' }),
          legalRepresentative: text(40),
          address: text(60),
        },
        ['kind', 'name', 'idDocument', 'legalRepresentative'],
      ),
      agent,
    )
    .map(([applicant, acting]) => ({ applicant, agent: acting }))
  // Somebody acts for a person: the applicant's own mobile has no place, and the numbers differ.
  const acted = fc.tuple(self, agent).map(([{ applicant }, acting]) => {
    const { mobile: _gone, ...rest } = applicant
    return {
      applicant: rest,
      agent: { ...acting, idDocument: { ...acting.idDocument, number: `${rest.idDocument.number}X` } },
    }
  })
  const id = fc.constantFrom('M9900201', 'M9900202', 'M9900203', '003CL01')
  const documents: fc.Arbitrary<DocumentEntry[]> = fc.array(
    fc.oneof(
      all<DocumentEntry>({
        id,
        mode: fc.constantFrom('upload', 'scan'),
        uploads: fc.array(text(30), { minLength: 1, maxLength: 3 }),
      } as never),
      all<DocumentEntry>({ id, mode: fc.constantFrom('later', 'paper') } as never),
      all<DocumentEntry>({ id, mode: fc.constant('licence'), licence: text(40) } as never),
    ),
    { maxLength: 4 },
  )
  const rest = some<Omit<Application, 'applicant' | 'agent' | 'matter'>>(
    {
      division: divisions,
      sourceDivision: divisions,
      form: fc.dictionary(
        fc.string({ minLength: 1, maxLength: 10 }).filter((one) => !/proto|constructor/.test(one)),
        fc.string({ maxLength: 40 }).filter((one) => !/proto|constructor/.test(one)),
        { maxKeys: 5, noNullPrototype: true },
      ),
      documents,
      note: text(80),
      appliedAt: instants,
    } as never,
    ['division', 'sourceDivision', 'form', 'documents', 'appliedAt'],
  )
  /** A matter of another region, with codes of another shape and nothing that Zhejiang's members could hold. */
  const { agency: _agency, handling: _handling, ...bare } = moving
  const foreign: Matter = {
    ...bare,
    id: 'shanghai:310000:312099003000',
    region: 'shanghai',
    divisions: ['310000'],
    regional: { code: '312099003000' },
  }

  test.each([
    ['this region', moving],
    ['another region', foreign],
  ])('a matter of %s: reading what was written gives the same application', (_name, target) => {
    const own = { ...applying, matter: target }
    fc.assert(
      fc.property(fc.oneof(self, company, acted), rest, (persons, others) => {
        const canon: Application = { matter: target.id, ...others, ...persons }
        const wire = application.write(canon, own) as unknown as Record<string, unknown>
        expect(application.read(wire, own)).toEqual(canon)
        expect(wire['matterCode']).toBe(target.regional?.code)
        // A repetition is the same document, byte for byte.
        expect(JSON.stringify(application.write(canon, own))).toBe(JSON.stringify(wire))
        expect(untold(canon, (notes) => application.write(canon, own, notes))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('a foreign matter fills required members with nothing', () => {
    const own = { ...applying, matter: foreign }
    expect(application.write({ ...applied, matter: foreign.id }, own)).toMatchObject({
      affairType: '',
      deptCode: '',
      execDeptOrgCode: '',
      recvDeptCode: '',
      recvDeptName: '',
    })
  })

  test('a name of 200 characters and more is cut in the title, whole code points', () => {
    const name = '𠮷'.repeat(100)
    const long = { ...foreign, name: { zh: '𠮷'.repeat(150) } }
    const wire = application.write(
      { ...applied, applicant: { ...applied.applicant, name } },
      { ...applying, matter: long },
    ) as { projectName: string }
    expect([...wire.projectName]).toHaveLength(200)
    expect(wire.projectName.endsWith('𠮷')).toBe(true)
  })

  test('a department with a long name has a hundred characters of it, whole code points', () => {
    const long = { ...moving, agency: { ...moving.agency, name: '𠮷'.repeat(150) } }
    const wire = application.write(applied, { ...applying, matter: long })
    expect(wire).toMatchObject({ recvDeptName: '𠮷'.repeat(100) })
  })

  test('the contact’s mobile is the agent’s, where both have one', () => {
    const agent = { ...(firm.agent as Agent), mobile: '13900000009' }
    expect(application.write({ ...applied, agent }, applying)).toMatchObject({
      applicantVO: { contactPhone: '13900000009' },
    })
  })

  test('a contact with the applicant’s own certificate is the applicant himself', () => {
    const wire = application.write(applied, applying) as unknown as { applicantVO: object }
    const own = { contactCardType: 'ID_CARD', contactCardNumber: '33010619010203101X' }
    expect(application.read({ ...wire, applicantVO: { ...wire.applicantVO, ...own } }, applying)).toEqual(
      applied,
    )
  })

  test('a certificate without a word of its own is another one', () => {
    const applicant = { ...applied.applicant, idDocument: { type: '335', number: 'ABC123456' } }
    expect(application.write({ ...applied, applicant }, applying)).toMatchObject({
      applicantVO: { applyCardType: 'OTHER', applyCardNumber: 'ABC123456' },
    })
  })

  test('what has no place is told', () => {
    const canon: Application = {
      ...applied,
      ...firm,
      applicant: {
        ...firm.applicant,
        mobile: '10000000003',
        postcode: '310000',
        legalRepresentativeId: { type: '111', number: '1' },
      },
      agent: { ...firm.agent, phone: '0571-1234567', mandate: 'M1' } as NonNullable<Application['agent']>,
      matterVersion: '3',
      delivery: { mode: 'post', address: '示例路' },
      mode: 'joint',
      documents: [{ id: 'M9900202', mode: 'later', uploads: ['up_9'], licence: 'L' }],
    }
    const notes: Note[] = []
    const wire = application.write(canon, applying, notes)
    // Only a document of the licence library may name a licence.
    expect(wire).toMatchObject({ suffInfoList: [{ takeType: '容缺后补', attachMentVOs: [] }] })
    expect((wire as { suffInfoList: object[] }).suffInfoList[0]).not.toHaveProperty('certificateSourceId')
    const lost = notes.filter((one) => one.how === 'dropped')
    expect(lost.flatMap((one) => one.canon).toSorted()).toEqual([
      '/agent/mandate',
      '/agent/phone',
      '/applicant/legalRepresentativeId/number',
      '/applicant/legalRepresentativeId/type',
      '/applicant/mobile',
      '/applicant/postcode',
      '/delivery/address',
      '/delivery/mode',
      '/documents/0/licence',
      '/documents/0/uploads/0',
      '/matterVersion',
      '/mode',
    ])
    expect(lost.every((one) => (one.reason ?? '') !== '')).toBe(true)
    expect(untold(canon, (trace) => application.write(canon, applying, trace))).toEqual([])
  })

  test('a person has no legal representative: the member must be empty', () => {
    const canon = { ...applied, applicant: { ...applied.applicant, legalRepresentative: '测试乙' } }
    const notes: Note[] = []
    expect(application.write(canon, applying, notes)).toMatchObject({ applicantVO: { legalMan: '' } })
    expect(notes.find((one) => one.canon.includes('/applicant/legalRepresentative'))).toMatchObject({
      how: 'dropped',
      reason: '个人申请没有法定代表人',
    })
  })

  test('a contact without a certificate is no agent, and his name is told as lost', () => {
    const wire = application.write(applied, applying) as unknown as { applicantVO: object }
    const notes: Note[] = []
    const read = application.read(
      { ...wire, applicantVO: { ...wire.applicantVO, contactMan: '邻居' } },
      applying,
      notes,
    )
    expect(read).toEqual(applied)
    expect(notes.find((one) => one.wire.includes('/applicantVO/contactMan'))).toMatchObject({
      how: 'dropped',
    })
  })

  test('a contact whose certificate is of another kind is somebody else, though it has the same number', () => {
    const applicant = { ...applied.applicant, idDocument: { type: '114', number: 'P00000014' } }
    const acting = {
      name: '测试乙',
      idDocument: { type: '414', number: 'P00000014' },
      mobile: '10000000002',
    }
    const wire = application.write({ ...applied, applicant, agent: acting }, applying)
    expect(application.read(wire, applying).agent).toEqual(acting)
  })
})
