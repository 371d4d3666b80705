/** What is written is read back the same; what has no place is told. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { close, writing } from '../kit/ledger.ts'
import type { Note } from '../kit/table.ts'
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

  test('an area of a form has twelve digits there and six here', () => {
    const field = { name: 'FROM', label: { zh: '迁出地' }, type: 'area' as const, required: true }
    const there = { ...applying, matter: { ...proof, form: { fields: [field] } } }
    const canon = { ...application.read(applied, applying), form: { FROM: '320500' } }
    const wire = application.write(canon, there) as typeof applied
    expect(wire.formXml.RECORD.FORMDATA).toEqual({ FROM: '320500000000' })
    expect(application.read(wire, there).form).toEqual({ FROM: '320500' })
  })

  test('a character that XML cannot carry is refused at its place', () => {
    const canon = application.read(applied, applying)
    const form = { ...canon.form, ZM_REASON: 'a\u0001b' }
    expect(problem(() => application.write({ ...canon, form }, applying))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/form/ZM_REASON',
    ])
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

  const text = fc.stringMatching(/^[一-龥A-Za-z0-9<>&" ]{1,40}$/).filter((one) => one.trim() === one)

  const person = fc.record(
    {
      kind: fc.constant('person' as const),
      name: text,
      idDocument: fc.constantFrom(
        { type: '111', number: '34010319000101001X' },
        { type: '414', number: 'E00000000' },
      ),
      mobile: fc.constant('10000000000'),
      address: text,
      postcode: fc.constant('230000'),
    },
    { noNullPrototype: true },
  )

  const any = (here: Matter) =>
    fc.record(
      {
        matter: fc.constant(here.id),
        matterVersion: fc.constant(here.regional?.version ?? ''),
        division: fc.constantFrom('340100', '310000', '330100'),
        sourceDivision: fc.constantFrom('320500', '340100', '330100'),
        applicant: person,
        form: fc.dictionary(
          fc.constantFrom('ZM_TYPE', 'ZM_REASON', 'RECV_ADDR', 'zmsx'),
          fc.string({ minLength: 1, maxLength: 50 }),
        ),
        documents: fc.constantFrom<Application['documents']>(
          [],
          [{ id: 'M099902001', mode: 'upload', uploads: ['up_1', 'up_2'] }],
          [
            { id: 'M099902001', mode: 'licence', licence: '1.2.156.3005.2.1' },
            { id: 'M099902002', mode: 'later' },
          ],
          [{ id: '003CL01', mode: 'paper' }],
        ),
        appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
      },
      { noNullPrototype: true },
    )

  test.each([
    ['Anhui', proof],
    ['Shanghai', foreign],
  ])('reading what was written gives the same application, for a matter of %s', (_name, here) => {
    const there = { ...applying, matter: here }
    fc.assert(
      fc.property(any(here), (canon) => {
        // fast-check makes forms without a prototype.
        const plain = { ...canon, form: { ...canon.form } }
        expect(application.read(application.write(plain, there), there)).toEqual(plain)
        const acting = { ...plain, agent: firm.agent ?? null }
        const { mobile: _lost, ...rest } = plain.applicant
        const expected = { ...acting, applicant: rest }
        expect(application.read(application.write(acting, there), there)).toEqual(expected)
      }),
    )
  })
})
