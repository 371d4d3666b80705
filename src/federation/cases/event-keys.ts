/** Keys of events that are ours: how what we did and noticed is known again in a timeline. A region's own keys begin otherwise. */

/** The application was handed in. */
export const FILED = 'own:filed'
/** An act was taken by its region, or refused; the number of the dispatch follows. */
export const SENT = { submit: 'own:submit:', correct: 'own:correct:', withdraw: 'own:withdraw:' } as const
export const REFUSED = 'own:refused:'
/** The promised day is over; the day follows. */
export const OVERDUE = 'own:overdue:'
/** Somebody reminded of the case (催办). */
export const REMINDER = 'own:reminder:'
/** A rating: its round follows, and `given`, `kept` (where the region takes none), `told` or `refused`. */
export const RATING = 'own:rating:'
/** A second message under a key that was taken. */
export const CONFLICT = 'conflict:'
