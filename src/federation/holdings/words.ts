/** What a photo or a licence is called where a person reads it: never by a number of the person's. */
import type { FoundLicence, FoundPhoto } from '../../adapters/kit/contract.ts'
import type { RegionId } from '../../schemas/common.ts'
import { REGIONS } from '../../schemas/division.ts'
import type { PhotoSource } from '../../schemas/photo.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Sealing } from '../sealing.ts'

const TAKEN_FOR: Readonly<Record<PhotoSource, string>> = {
  idCard: '居民身份证照片',
  socialSecurityCard: '社会保障卡照片',
  drivingLicence: '驾驶证照片',
  passport: '护照照片',
  upload: '本人上传的照片',
  unknown: '照片',
}

/** Name of a region, and of the gateway where the person took the photo here. */
export const regionName = (region: RegionId | null): string =>
  region === null ? '本网站' : (REGIONS.find(({ id }) => id === region)?.zh ?? region)

/** One line, e.g. 居民身份证照片 2025-03-01 (安徽省). */
export function holdingName(row: Pick<HoldingRow, 'kind' | 'sealed' | 'region'>, sealing: Sealing): string {
  const where = regionName(row.region)
  if (row.kind === 'licence') return `${sealing.open<FoundLicence>(row.sealed).name} (${where})`
  const { takenFor, takenOn } = sealing.open<FoundPhoto>(row.sealed)
  return `${TAKEN_FOR[takenFor]}${takenOn === undefined ? '' : ` ${takenOn}`} (${where})`
}
