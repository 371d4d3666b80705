/** Following cases (contract 4.3, 4.4, 4.10, 4.13): the query, a person's cases, results and files. */

import { GatewayError } from '../../errors.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import { asInteger, asText } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import { objectOf } from '../kit/connect.ts'
import type { ListedCase, RegionLink } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { instant, itemsOf, type Plain, raw } from './answers.ts'
import { division, regionCode } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { documentType, status } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { wordOfCert } from './persons.ts'
import { sm3 } from './sign.ts'

type Following = 'readCase' | 'listCases' | 'readResult' | 'download'

export function followingCalls(
  { options }: ShanghaiConfig,
  call: Caller,
  alarms: Alarms,
): Pick<RegionLink, Following> {
  return {
    readCase: async ({ caseNumber }) => {
      const [base, process] = await Promise.all([
        call.json('case-query', '/uapply/getApplyBase', { applyNo: caseNumber }),
        call.json('case-process', '/uapply/getApplyProcess', { applyNo: caseNumber }),
      ])
      const { processes } = objectOf(process)
      return withReason(caseMessage.read({ ...objectOf(base), processes }, { options, alarms }))
    },

    listCases: async ({ division: place, holder, page, pageSize }) => {
      const found = objectOf(
        await call.json('case-list', '/uapply/queryItemsApplyList', {
          certificateType: wordOfCert(holder.idDocument.type),
          certificateNo: holder.idDocument.number,
          areaCode: regionCode.encode(place, {}, ROOT),
          itemCodes: [],
          status: '',
          subApply: '1',
          pageNo: page,
          pageSize,
        }),
      )
      return { total: asInteger(found['total']), items: itemsOf(found).map(listed) }
    },

    readResult: async ({ caseNumber }, current) => {
      const documents = []
      for (const told of current.result?.documents ?? []) {
        const file = await call.bytes('document-download', '/uapply/downloadDocument', {
          applyNo: caseNumber,
          documentType: told.ref,
        })
        if (told.digest && told.digest !== `sm3:${sm3(file.bytes)}`)
          throw new GatewayError('REGION_ANSWER_INVALID', {
            region: 'shanghai',
            operation: 'document-download',
            reason: 'digest',
          })
        documents.push({ ...file, kind: documentType.find(told.ref) ?? ('other' as const) })
      }
      return documents
    },

    download: ({ caseNumber }, stuffId) =>
      call.bytes('material-download', '/uapply/downloadStuff', { applyNo: caseNumber, stuffId }),
  }
}

/** The query has a notice in 补正 alone: why a precheck was returned stands in its last step. */
function withReason(current: RegionalCase): RegionalCase {
  if (current.status !== 'PRECHECK_RETURNED' || current.correction) return current
  const last = current.steps?.findLast((step) => step.status === 'PRECHECK_RETURNED')
  return { ...current, correction: { fields: [], documents: [], reason: last?.note ?? '' } }
}

function listed(item: Plain): ListedCase {
  const word = asText(item['status'])
  const appliedAt = instant(item['sbTime'])
  const updatedAt = instant(item['opTime'])
  return {
    caseNumber: asText(item['applyNo']),
    division: isAbsent(item['areaCode']) ? '310000' : division(item['areaCode']),
    matterCode: asText(item['itemCode']),
    title: isAbsent(item['itemName']) ? '' : asText(item['itemName']),
    status: status.decode(word, {}),
    rawStatus: raw(word),
    ...(appliedAt ? { appliedAt } : {}),
    ...(updatedAt ? { updatedAt } : {}),
    handle: {},
  }
}
