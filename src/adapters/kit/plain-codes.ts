/** The code tables of a plain region, all at once: a forgotten table, or a forgotten word of one, does not compile. */
import type { CaseResult } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { type CodeCodec, type CodeTable, codes, statuses } from './codes.ts'

/** The canonical words of each table. */
interface Words {
  /** 办理结果 */
  readonly decision: NonNullable<CaseResult['decision']>
  /** 申请人类型 */
  readonly applicantKind: 'person' | 'organisation'
  /** 服务对象 */
  readonly subject: Matter['subjects'][number]
  /** 通办方式 */
  readonly mode: NonNullable<Matter['mode']>
  /** 办件类型 */
  readonly handling: NonNullable<Matter['handling']>
  /** 材料必要性 */
  readonly necessity: Matter['documents'][number]['necessity']
  /** 提交方式 */
  readonly way: Matter['documents'][number]['modes'][number]
  /** 送达方式 */
  readonly delivery: NonNullable<Matter['deliveryModes']>[number]
  /** 字段类型 */
  readonly fieldType: Matter['form']['fields'][number]['type']
  /** 事项状态 */
  readonly matterState: Matter['state']
}

/** Word → its code, or several of which the first is sent; `[]` where the region never says it. */
type Codes<Word extends string> = Readonly<Record<Word, string | readonly string[]>>

type Tables = { readonly [T in keyof Words]: Codes<Words[T]> } & {
  /** 办件状态 */
  readonly status: Codes<Exclude<CaseStatus, 'UNKNOWN'>>
  /** 证件类型, by GA/T 2000.156 */
  readonly idType: Codes<string>
}

const whole = <Word extends string>(table: Codes<Word>): CodeTable<Word> =>
  // Object.fromEntries forgets which words they were.
  Object.fromEntries(
    Object.entries<string | readonly string[]>(table).map(([word, told]) => [word, [told].flat()]),
  ) as unknown as CodeTable<Word>

/** @throws Error where one code stands for two words */
export function plainCodes(region: RegionId, { status, ...tables }: Tables) {
  const found = Object.entries<Codes<string>>(tables).map(([name, table]) => [
    name,
    codes(`${region}/${name}`, whole(table)),
  ])
  return {
    // Each table was made of the table of the same name.
    ...(Object.fromEntries(found) as { readonly [T in keyof Words]: CodeCodec<Words[T]> } & {
      readonly idType: CodeCodec<string>
    }),
    status: statuses(`${region}/status`, whole(status)),
  }
}
