/** What is written is read back the same; what has no place is told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { close, reading, writing } from '../kit/ledger.ts'
import { all, digits, divisions, instants, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
import { application } from './application.ts'
import applied from './fixtures/household-certificate-applied.wire.json' with { type: 'json' }
import { applying, firm, foreign, matterOf, problem, proof } from './test-vectors.ts'

describe('applications', () => {
  test('a firm names its agent as contact, and is refused without one', () => {
    const there: ApplicationContext = { ...applying, matter: matterOf('3401000000000099912') }
    expect(application.write(firm, there)).toMatchObject({
      apasInfoXml: {
        RECORD: {
          SERVICEINFO: {
            ADDTYPE: '2',
            APPLY_CARDTYPE: '60',
            CONTACTMAN: '测试丙',
            CONTACTMAN_CARDTYPE: '10',
            CONTACTMAN_CARDNUMBER: '341302190204050033',
            TELPHONE: '10000000003',
            LEGALMAN: '测试乙',
          },
        },
      },
    })
    expect(problem(() => application.write({ ...firm, agent: null }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/agent',
    ])
    const { legalRepresentative: _gone, ...headless } = firm.applicant
    expect(problem(() => application.write({ ...firm, applicant: headless }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/applicant/legalRepresentative',
    ])
    const otherwise = { ...firm.applicant, idDocument: { type: '099', number: '1' } }
    expect(problem(() => application.write({ ...firm, applicant: otherwise }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/applicant/idDocument/type',
    ])
  })

  test('a firm’s agent may give a landline, and one of two numbers has no place', () => {
    const there: ApplicationContext = { ...applying, matter: matterOf('3401000000000099912') }
    const { mobile, ...rest } = firm.agent as NonNullable<Application['agent']>
    const wire = application.write({ ...firm, agent: { ...rest, phone: '0551-1234567' } }, there)
    expect(wire).toMatchObject({
      apasInfoXml: { RECORD: { SERVICEINFO: { CONTACTMAN: '测试丙', TELPHONE: '0551-1234567' } } },
    })
    const branches: string[] = []
    expect(application.read(wire, { ...there, branches }).agent).toEqual({ ...rest, phone: '0551-1234567' })
    // Its ledger is another than that of a firm whose agent has a mobile.
    expect(branches).toContain('agent by landline')
    const notes: Note[] = []
    const both = { ...firm, agent: { ...rest, mobile: mobile ?? '', phone: '0551-1234567' } }
    expect(application.write(both, there, notes)).toMatchObject({
      apasInfoXml: { RECORD: { SERVICEINFO: { TELPHONE: '10000000003' } } },
    })
    expect(notes.filter(({ how }) => how === 'dropped').flatMap(({ canon }) => canon)).toContain(
      '/agent/phone',
    )
  })

  test('an agent is a person: no credit code stands for his document', () => {
    const acting = { name: '测试丙', idDocument: { type: '001', number: '91340200MA2FAKE100' }, mobile: '1' }
    const canon = { ...application.read(applied, applying), agent: acting }
    expect(problem(() => application.write(canon, applying))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/agent/idDocument/type',
    ])
  })
  test('an area of a form has twelve digits there and six here', () => {
    const field = { name: 'FROM', label: { zh: '迁出地' }, type: 'area' as const, required: true }
    const there = { ...applying, matter: { ...proof, form: { fields: [field] } } }
    const canon = { ...application.read(applied, applying), form: { FROM: '320500' } }
    const wire = application.write(canon, there) as typeof applied
    expect(wire.formXml.RECORD.FORMDATA).toEqual({ FROM: '320500000000' })
    expect(application.read(wire, there).form).toEqual({ FROM: '320500' })
    // A street of that county has no place here, which is told.
    const street = structuredClone(wire)
    Object.assign(street.formXml.RECORD.FORMDATA, { FROM: '320505001000' })
    const notes: Note[] = []
    expect(application.read(street, there, notes).form).toEqual({ FROM: '320505' })
    const { losses } = close(street, reading(notes), 'unmentioned')
    expect(losses.filter((one) => one.source.includes('/formXml/RECORD/FORMDATA/FROM'))).toHaveLength(1)
  })

  test('what follows later is not handed in, and what is not handed in is no document', () => {
    const canon: Application = {
      ...application.read(applied, applying),
      documents: [{ id: 'M099902002', mode: 'later' }],
    }
    const wire = application.write(canon, applying) as unknown as {
      attrXml: { RECORDS: { RECORD: Record<string, unknown>[] } }
    }
    expect(wire.attrXml.RECORDS.RECORD[0]).toMatchObject({ TAKETYPE: '4', ISTAKE: '0', TAKETIME: '' })
    wire.attrXml.RECORDS.RECORD.push({
      ...wire.attrXml.RECORDS.RECORD[0],
      ATTRID: 'M099902001',
      TAKETYPE: '2',
    })
    expect(application.read(wire, applying).documents).toEqual(canon.documents)
  })

  test('what Anhui has no place for is told as a loss', () => {
    const notes: Note[] = []
    const canon: Application = {
      ...application.read(applied, applying),
      delivery: { mode: 'pickup' },
      note: '请尽快',
      mode: 'online',
    }
    application.write(canon, applying, notes)
    const lost = close(canon, writing(notes), 'unmentioned').losses
    expect(lost.flatMap((one) => one.source).sort()).toEqual(['/delivery/mode', '/mode', '/note'])
  })

  const mobile = digits(10).map((one) => `1${one}`)
  const card = all<{ type: string; number: string }>({
    type: fc.constantFrom('111', '414', '516', '511', '114', '999'),
    number: digits(18),
  })
  const self = some<Application['applicant']>(
    {
      kind: fc.constant('person'),
      name: text(50),
      idDocument: card,
      mobile,
      address: text(60),
      postcode: digits(6),
    },
    ['kind', 'name', 'idDocument'],
  ).map((applicant) => ({ applicant }))
  const landline = fc.constantFrom('0551-1234567', '021-12345678', '05511234567')
  const agent = fc.oneof(
    all<NonNullable<Application['agent']>>({ name: text(50), idDocument: card, mobile }),
    all<NonNullable<Application['agent']>>({ name: text(50), idDocument: card, phone: landline }),
  )
  const company = fc
    .tuple(
      some<Application['applicant']>(
        {
          kind: fc.constant('organisation'),
          name: text(100),
          idDocument: fc.constant({ type: '001', number: '91340200MA2FAKE100' }),
          legalRepresentative: text(50),
          address: text(60),
          postcode: digits(6),
        },
        ['kind', 'name', 'idDocument', 'legalRepresentative'],
      ),
      agent,
    )
    .map(([applicant, acting]) => ({ applicant, agent: acting }))
  // Somebody acts for a person: the applicant's own mobile has no place, and the numbers differ.
  const acted = fc.tuple(self, agent).map(([{ applicant }, acting]) => {
    const { mobile: _gone, ...rest } = applicant
    const number = `${rest.idDocument.number}9`
    return { applicant: rest, agent: { ...acting, idDocument: { ...acting.idDocument, number } } }
  })
  const entry = (id: string, ...modes: readonly DocumentEntry['mode'][]) =>
    fc.constantFrom(...modes).chain((mode) =>
      mode === 'upload' || mode === 'scan'
        ? all<DocumentEntry>({
            id: fc.constant(id),
            mode: fc.constant(mode),
            uploads: fc.array(text(30), { minLength: 1, maxLength: 3 }),
          } as never)
        : all<DocumentEntry>({
            id: fc.constant(id),
            mode: fc.constant(mode),
            ...(mode === 'licence' ? { licence: text(40) } : {}),
          } as never),
    )
  const documents = fc
    .tuple(
      entry('M099902001', 'upload', 'scan', 'licence'),
      entry('M099902002', 'upload', 'later', 'licence'),
      // A document that the matter does not know, of another region's form.
      entry('003CL01', 'paper', 'upload', 'later'),
    )
    .chain((three) => fc.subarray([...three]))
  const rest = all<Omit<Application, 'applicant' | 'agent' | 'matter'>>({
    matterVersion: digits(2),
    division: divisions,
    sourceDivision: divisions,
    form: fc.dictionary(fc.constantFrom('ZM_TYPE', 'ZM_REASON', 'RECV_ADDR', 'zmsx', '申请事由'), text(40), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    documents,
    appliedAt: instants,
  } as never)

  test.each([
    ['Anhui', proof],
    ['Shanghai', foreign],
  ])('reading what was written gives the same application, for a matter of %s', (_name, here) => {
    const there = { ...applying, matter: here }
    fc.assert(
      fc.property(fc.oneof(self, company, acted), rest, (persons, others) => {
        const canon: Application = { matter: here.id, ...others, ...persons }
        const wire = application.write(canon, there)
        expect(application.read(wire, there)).toEqual(canon)
        // A repetition is the same document, byte for byte.
        expect(JSON.stringify(application.write(canon, there))).toBe(JSON.stringify(wire))
        expect(untold(canon, (notes) => application.write(canon, there, notes))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  /** `SERVICEINFO` and the records of what is written. */
  const written = (canon: Application, there = applying) => {
    const { apasInfoXml, attrXml } = application.write(canon, there) as unknown as {
      apasInfoXml: { RECORD: { SERVICEINFO: Record<string, string> } }
      attrXml: { RECORDS: { RECORD: Record<string, string>[] } }
    }
    return { info: apasInfoXml.RECORD.SERVICEINFO, records: attrXml.RECORDS.RECORD }
  }
  const plain = application.read(applied, applying)
  const named = (applicant: Partial<Application['applicant']>): Application => ({
    ...plain,
    applicant: { ...plain.applicant, ...applicant },
  })

  test('lengths count code points: a title has 200, a contact 50', () => {
    const name = '𠮷'.repeat(100)
    const long = { ...applying, matter: { ...proof, name: { zh: '镕'.repeat(150) } } }
    const { info } = written(named({ name }), long)
    expect([...(info['PROJECTNAME'] ?? '')]).toHaveLength(200)
    expect([info['APPLYNAME'], info['CONTACTMAN']]).toEqual([name, '𠮷'.repeat(50)])
  })
  test('an identity number ends in a capital X, and a document without a code is 其他', () => {
    const { info } = written(named({ idDocument: { type: '111', number: '34010319000101001x' } }))
    expect([info['APPLY_CARDNUMBER'], info['CONTACTMAN_CARDNUMBER']]).toEqual([
      '34010319000101001X',
      '34010319000101001X',
    ])
    expect(written(named({ idDocument: { type: '553', number: 'x1' } })).info).toMatchObject({
      APPLY_CARDTYPE: '99',
      APPLY_CARDNUMBER: 'x1',
    })
  })
  test('a person has no legal representative: the element is empty', () => {
    expect(written(named({ legalRepresentative: '测试乙' })).info['LEGALMAN']).toBe('')
  })
  test('the form is filed in the version that it was filled in for, else in the one in force', () => {
    expect(written({ ...plain, matterVersion: '1' }).info['SERVICEVERSION']).toBe('1')
    const { matterVersion: _none, ...open } = plain
    expect(written(open).info['SERVICEVERSION']).toBe('2')
  })
  test('order and copies are the matter’s, and a way that a material does not list is refused at its place', () => {
    const [first, second] = proof.documents
    if (!first || !second) throw new Error('documents')
    const there = {
      ...applying,
      matter: { ...proof, documents: [first, { ...second, order: 7, copies: 3 }] },
    }
    const later: DocumentEntry = { id: second.id, mode: 'later', licence: 'L', uploads: ['up_1'] }
    expect(written({ ...plain, documents: [later] }, there).records).toMatchObject([
      { SORTID: '7', AMOUNT: '3', MEMO: '' },
    ])
    const paper: DocumentEntry = { id: first.id, mode: 'paper' }
    expect(problem(() => written({ ...plain, documents: [later, paper] }, there))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/documents/1/mode',
    ])
  })
  test('a contact without a document is no agent, and his name is told as lost', () => {
    const wire = structuredClone(applied)
    Object.assign(wire.apasInfoXml.RECORD.SERVICEINFO, {
      CONTACTMAN: '邻居',
      CONTACTMAN_CARDTYPE: '',
      CONTACTMAN_CARDNUMBER: '',
      TELPHONE: '0551-1234567',
    })
    const notes: Note[] = []
    const { agent: acting, applicant } = application.read(wire, applying, notes)
    expect([acting, applicant.mobile]).toEqual([undefined, undefined])
    const lost = notes.filter((one) => one.how === 'dropped' && one.rule === 'none')
    expect(lost.flatMap((one) => one.wire)).toEqual([
      '/apasInfoXml/RECORD/SERVICEINFO/CONTACTMAN',
      '/apasInfoXml/RECORD/SERVICEINFO/TELPHONE',
    ])
  })
})
