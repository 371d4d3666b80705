/** The clerks' desk for licences and photos, as every played region has it. No contract knows of it: it is for tests and the admin page. */
import type { HoldingAct, SimulatedHolding } from './simulated.ts'

/** A desk over what is held. `change` does to one of them what its `acts` allow. */
export function deskOf<Office>(
  office: Office,
  holdingsOf: (office: Office) => readonly SimulatedHolding[],
  change: (office: Office, holding: SimulatedHolding, act: HoldingAct) => void,
) {
  const found = (id: string): SimulatedHolding => {
    const holding = holdingsOf(office).find((one) => one.id === id)
    if (!holding) throw new Error('There is no such licence or photo.')
    return holding
  }
  const changeHolding = (id: string, act: HoldingAct): SimulatedHolding => {
    const holding = found(id)
    const { acts } = holding
    if (!acts.includes(act)) throw new Error(`What can be done to it now: ${acts.join(', ') || 'nothing'}.`)
    change(office, holding, act)
    return found(id)
  }
  return { holdings: () => holdingsOf(office), changeHolding }
}

/** What the photo of a person is called on the desk; a licence has an identifier of its own. */
export const photoIdOf = (number: string): string => `photo-${number}`

/** The portrait of a new photo: another one than that before, or than the first. */
export const nextPortrait = (before = 10): number => before + 10
