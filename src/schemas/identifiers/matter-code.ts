/**
 * 事项编码, as the national exchange tables use it (catalog_code 12, task_code 31, task_handle_item 33; in use, documented by
 * public code). The division inside the twelve is from memory.
 *
 * | code | characters | made of |
 * |---|---|---|
 * | 基本编码 | 12 | 2 province, `00` national · 2 type · 2 department · 3 main item · 3 sub-item |
 * | 实施编码 | 31 | 18 credit code of the organ · 1 level of exercise · 12 base code |
 * | 业务办理项编码 | 33 | 31 · 2 |
 *
 * GB/T 39046-2020 table 4 still writes 10 and 24 characters: accepted as legacy and not taken apart.
 */
import { type Checked, failed } from './result.ts'
import { uscc } from './uscc.ts'

export interface MatterCodeParts {
  readonly kind: 'base' | 'implementation' | 'businessItem' | 'legacyBase' | 'legacyImplementation'
  /** Absent in a legacy implementation code. */
  readonly baseCode?: string
  /** Credit code of the organ, and 行使层级 (`1` national to `7` shared), of the two longer codes. */
  readonly organ?: string
  readonly level?: string
  /** Whether the organ's credit code has its check characters right. Reported, never a reason to refuse. */
  readonly organOk?: boolean
}

const KINDS: Readonly<Record<number, MatterCodeParts['kind']>> = {
  10: 'legacyBase',
  12: 'base',
  24: 'legacyImplementation',
  31: 'implementation',
  33: 'businessItem',
}

/** The base code inside an implementation code or a business item code, or nothing. */
export const baseCodeOf = (implementationCode: string): string | undefined =>
  implementationCode.length === 31 || implementationCode.length === 33
    ? implementationCode.slice(19, 31)
    : undefined

export const matterCode = {
  name: 'Matter code',
  localName: '事项编码',
  /** Without blanks, in capitals. */
  compact: (text: string): string => text.replaceAll(/\s/g, '').toUpperCase(),
  validate: (code: string): Checked<MatterCodeParts> => {
    const kind = KINDS[code.length]
    if (!kind) {
      return failed('length', '事项编码应为 12, 31 或 33 位', 'A matter code has 12, 31 or 33 characters')
    }
    if (!/^[0-9A-Z]+$/.test(code)) {
      return failed('format', '事项编码含有不允许的字符', 'It has a character that may not stand there')
    }
    if (kind === 'legacyImplementation') return { ok: true, kind }
    if (kind === 'base' || kind === 'legacyBase') return { ok: true, kind, baseCode: code }
    const level = code[18] ?? ''
    if (level < '1' || level > '7') {
      return failed('component', '事项编码的行使层级不对', 'Its level of exercise does not exist')
    }
    const organ = code.slice(0, 18)
    const checked = uscc.validate(organ)
    const organOk = checked.ok && checked.organisationCodeOk
    return { ok: true, kind, baseCode: code.slice(19, 31), organ, level, organOk }
  },
}
