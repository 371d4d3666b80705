/** Shanghai's catalogue (contract 4.1): the list, and the three calls that make one matter whole. */

import { GatewayError } from '../../errors.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import { objectOf } from '../kit/connect.ts'
import type { MatterRow, RegionLink } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import { instant, itemsOf, type Plain } from './answers.ts'
import type { Caller } from './call.ts'
import { itemStatus } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { matter } from './matter.ts'

const PAGE_SIZE = 100
const MAX_PAGES = 100

export function catalogueCalls(
  { options }: ShanghaiConfig,
  call: Caller,
  alarms: Alarms,
): Pick<RegionLink, 'listMatters' | 'readMatter'> {
  // The detail does not tell what the list tells: the rows of the last listing are kept for it.
  const rows = new Map<string, Plain>()

  const list = async (updateTimeBegin: string, pageNo: number, pageSize: number) => {
    const page = objectOf(
      await call.json('matter-list', '/portal/queryItemPage', {
        regionCode: options.cityRegionCode,
        updateTimeBegin,
        pageNo,
        pageSize,
      }),
    )
    const items = itemsOf(page)
    for (const item of items) rows.set(asText(item['itemCode']), item)
    return { items, total: asInteger(page['total']) }
  }

  const rowOf = async (code: string): Promise<Plain> => {
    for (let page = 1; !rows.has(code) && page <= MAX_PAGES; page += 1) {
      const { items, total } = await list('', page, PAGE_SIZE)
      if (items.length === 0 || page * PAGE_SIZE >= total) break
    }
    const row = rows.get(code)
    if (!row)
      throw new GatewayError('REGION_REJECTED', {
        region: 'shanghai',
        operation: 'matter-list',
        code: 'ITEM_NOT_FOUND',
      })
    return row
  }

  return {
    listMatters: async ({ changedSince, page, pageSize }) => {
      const since = changedSince ? wallClock.encode(changedSince, {}, ROOT) : ''
      const { items, total } = await list(since, page, pageSize)
      return {
        total,
        items: items.map(
          (item): MatterRow => ({
            code: asText(item['itemCode']),
            updatedAt: instant(item['updateTime']) ?? '',
            // A word that no table knows is not 在用: nothing is filed for it.
            state: itemStatus.find(item['itemStatus']) ?? 'suspended',
          }),
        ),
      }
    },
    readMatter: async ({ code }) => {
      const [row, detail, stuffs, areas] = await Promise.all([
        rowOf(code),
        call.json('matter-detail', '/uapply/getItemAppplyInfo', { itemCode: code }),
        call.json('matter-materials', '/uapply/getItemStuffList', { itemCode: code }),
        call.json('matter-areas', '/portal/getItemAreaList', { itemCodes: code }),
      ])
      return matter.read({ ...row, ...objectOf(detail), stuffs, areas }, { options, alarms })
    },
  }
}
