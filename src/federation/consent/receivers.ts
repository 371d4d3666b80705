/** Who may receive: a client of the directory, or the region that handles a matter in one city. */
import { fault, GatewayError } from '../../errors.ts'
import { cityName, cityOf, isCity } from '../../schemas/division.ts'
import type { HoldingKind } from '../../store/index.ts'
import type { Deps } from '../deps.ts'

const REGION = 'region:'

/** The receiver that a city's departments are. */
export const cityReceiver = (division: string): string => `${REGION}${division}`

/** The receiver of whatever is handled in a division: its city's departments. */
export const receiverAt = (division: string): string => cityReceiver(cityOf(division) ?? division)

/** What a receiver is called, in both languages; its id where the directory does not know it any more. A client has one name. */
export function receiverNames(receiver: string, { clients }: Pick<Deps, 'clients'>): Names {
  const name = clients(receiver)?.name ?? receiver
  return departmentsOf(receiver) ?? { zh: name, en: name }
}

type Names = { readonly zh: string; readonly en: string }

/** What a city's departments are called; `undefined` for another receiver. */
export function departmentsOf(receiver: string): Names | undefined {
  if (!receiver.startsWith(REGION)) return undefined
  const division = receiver.slice(REGION.length)
  const city = cityName(division)
  return {
    zh: `${city?.zh ?? division}市的办理部门`,
    en: `the departments of ${city?.en ?? division} that handle it`,
  }
}

/** The Chinese of them. */
export const receiverName = (receiver: string, deps: Pick<Deps, 'clients'>): string =>
  receiverNames(receiver, deps).zh

/** @throws GatewayError `RECEIVER_UNFIT` for none of the directory, and for a client that has not the scope */
export function requireReceiver(
  receiver: string,
  kind: HoldingKind,
  { clients }: Pick<Deps, 'clients'>,
): void {
  const isKnown = receiver.startsWith(REGION)
    ? isCity(receiver.slice(REGION.length))
    : clients(receiver)?.scopes.has(`${kind}s`) === true
  if (!isKnown)
    throw new GatewayError(
      'RECEIVER_UNFIT',
      { receiver },
      {
        errors: [
          fault(
            '/receiver',
            'RECEIVER',
            '没有这个接收方, 或它没有相应权限',
            'There is no such receiver, or it has not the scope',
          ),
        ],
      },
    )
}
