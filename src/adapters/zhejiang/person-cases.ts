/** One person's cases in one city (contract 4.j, designed), those of the Zhejiang site and its drafts too. */
import { asInteger, asText, oneOrMany } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { ListedCase, RecordContext, RegionLink } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { cityOf, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { instant, pairOf, rawOf } from './case-times.ts'
import { certType, phase } from './codes.ts'
import { PASSWORD } from './handle.ts'

type Plain = Readonly<Record<string, unknown>>

/** The longest page that the platform gives. */
const LONGEST_PAGE = 50

/** The call; a page is as long as the platform allows. */
export const personCases =
  (call: Caller, context: RecordContext): RegionLink['listCases'] =>
  async ({ division, holder, page, pageSize, auditNumber }) => {
    const found = objectOf(
      await call.json('case-list', 'case', '/zwztapi/list.do', {
        idType: certType.table[holder.idDocument.type]?.[0] ?? 'OTHER',
        idNo: holder.idDocument.number,
        userName: holder.name,
        areaCode: wireOf(division, context.options),
        pageNo: page,
        pageSize: Math.min(pageSize, LONGEST_PAGE),
        bizNo: auditNumber,
      }),
    )
    return {
      total: asInteger(found['total']),
      items: oneOrMany<Plain>(found['list']).map((item) => listed(item, context)),
    }
  }

const listed = (item: Plain, context: RecordContext): ListedCase => {
  const pair = pairOf(item as { phaseCode: unknown; doAction: unknown })
  const [appliedAt, updatedAt] = [instant(item['gmtApply']), instant(item['gmtUpdate'])]
  const source =
    typeof item['extInfo'] === 'object' && item['extInfo'] !== null
      ? objectOf(item['extInfo'])['sourceProjectNo']
      : undefined
  return {
    caseNumber: asText(item['projId']),
    division: cityOf(item['areaCode']),
    matterCode: asText(item['matterCode']),
    title: asText(item['projectName'] ?? ''),
    status: phase.decode(pair, context),
    rawStatus: rawOf(pair),
    ...(appliedAt ? { appliedAt } : {}),
    ...(updatedAt ? { updatedAt } : {}),
    ...(isAbsent(source) ? {} : { sourceNumber: asText(source) }),
    handle: {
      projId: asText(item['projId']),
      ...(isAbsent(item['projPwd']) ? {} : { [PASSWORD]: asText(item['projPwd']) }),
    },
  }
}
