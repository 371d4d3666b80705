import type { Contract } from './model.ts'
export const shanghaiContract: Contract = { region: 'shanghai', requirements: [] }
