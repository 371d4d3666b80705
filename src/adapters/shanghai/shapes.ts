/** Shapes that the wire documents of Shanghai's answers share. */
import { type TSchema, Type } from 'typebox'

export const text = (max = 4000) => Type.String({ maxLength: max })

/** Some numbers come as JSON numbers or as decimal strings (contract section 1). */
export const numberOrText = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])

/** A member without a value is `""`, `null` or absent: all three say the same (contract section 1). */
export const blank = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

export const blankText = (max?: number) => blank(text(max))
