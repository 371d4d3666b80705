import type { Contract } from './model.ts'
export const anhuiContract: Contract = { region: 'anhui', requirements: [] }
