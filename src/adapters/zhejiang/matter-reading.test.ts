/** A row of the catalogue is read whatever it holds: unknown codes, long texts, absent columns. */
import { describe, expect, test } from 'vitest'
import { matter } from './matter.ts'
import { context, moving } from './test-vectors.ts'

describe('a matter', () => {
  const bent = (changes: object) => {
    const alarms: { table: string; code: string }[] = []
    const wire = { ...(matter.write(moving, context) as object), ...changes }
    return {
      read: matter.read(wire, { ...context, alarms }),
      codes: [...new Set(alarms.map((one) => one.code))],
    }
  }

  test.each(['HANDLE_MODE', 'QL_KIND', 'Service_mode', 'SERVICE_OBJECT', 'CHARGE_FLAG', 'ANTICIPATE_TYPE'])(
    'an unknown code in %s does not lose the matter',
    (column) => {
      const { read, codes } = bent({ [column]: '77' })
      expect(read).toMatchObject({ id: moving.id, fileable: true })
      expect(codes).toEqual(['77'])
    },
  )

  const FIELD = { name: 'x', label: '新', required: '1', code: '', maxLen: 9 }
  const material = (necessity: string) =>
    `<DATAAREA><MATERIALS><MATERIAL><MATERIALGUID>M1</MATERIALGUID><NAME>新</NAME>${necessity}</MATERIAL></MATERIALS></DATAAREA>`
  test.each<readonly [string, object, string]>([
    ['QL_STATE', { QL_STATE: '77' }, '77'],
    ['BJTYPE', { BJTYPE: '77' }, '77'],
    ['HANDLE_AREA', { HANDLE_AREA: '77' }, '77'],
    ['a field type', { FORM_INFO: JSON.stringify([{ ...FIELD, type: 'colour' }]) }, 'colour'],
    ['NECESSITY', { MATERIAL_INFO: material('<NECESSITY>7</NECESSITY><IS_RQ>0</IS_RQ>') }, '7/0'],
  ])(
    'an unknown code in %s does not lose the matter either, but nothing is filed to it',
    (_name, changes, code) => {
      const { read, codes } = bent(changes)
      expect(read).toMatchObject({ id: moving.id, fileable: false })
      expect(codes).toEqual([code])
    },
  )

  test('a state that no table knows is suspended, a field of an unknown type is shown as text', () => {
    expect(bent({ QL_STATE: '77' }).read.state).toBe('suspended')
    const { read } = bent({ FORM_INFO: JSON.stringify([{ ...FIELD, type: 'colour' }]) })
    expect(read.form.fields).toEqual([
      { name: 'x', label: { zh: '新' }, type: 'text', required: true, maxLength: 9 },
    ])
  })

  test.each(['LINK_TEL', 'Dec_institution', 'BANJIAN_FINISHFILES', 'LAWBASIS', 'WEBAPPLYURL'])(
    'a column without a stated length may be long: %s',
    (column) => {
      const long = '长'.repeat(20_000)
      expect(JSON.stringify(bent({ [column]: long }).read)).toContain(long)
    },
  )

  test('the organ of a matter is the one that decides, else the one that accepts, else the leading one', () => {
    const organs = { Dec_institution: '决定', Acp_institution: '受理', LEAD_DEPT: '牵头' }
    const nameOf = (changes: object) => bent({ ...organs, ...changes }).read.agency?.name
    expect(nameOf({})).toBe('决定')
    expect(nameOf({ Dec_institution: '' })).toBe('受理')
    expect(nameOf({ Dec_institution: null, Acp_institution: '' })).toBe('牵头')
  })

  test('a document that is not necessary says nothing of 容缺, or leaves it out', () => {
    const { read, codes } = bent({ MATERIAL_INFO: material('<NECESSITY>2</NECESSITY>') })
    expect([read.documents[0]?.necessity, codes]).toEqual(['optional', []])
  })

  test('all that is said about a document is kept, in one text', () => {
    const { read } = bent({
      MATERIAL_INFO: material(
        '<NECESSITY>2</NECESSITY><IS_RQ>1</IS_RQ><NECESSITY_DESC>已婚者</NECESSITY_DESC><DETAIL_REQUIREMENT>清晰</DETAIL_REQUIREMENT><BAK>一份</BAK>',
      ),
    })
    expect(read.documents).toMatchObject([{ necessity: 'optional', requirement: '已婚者\n清晰\n一份' }])
  })

  test.each(['enterprise', 'institution', 'agency', 'otherOrganisation'] as const)(
    '%s is an organisation here',
    (one) => {
      const wire = matter.write({ ...moving, subjects: ['person', one] }, context)
      expect(matter.read(wire, context).subjects).toEqual(['person', 'organisation'])
    },
  )
})
