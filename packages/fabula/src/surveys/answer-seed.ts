/** What a question to many runs comes to: how each seed is answered. */

/** Answers one seed. Throws a StoryFault where the author's text goes wrong on the way. */
export type AnswerSeed = (seed: number) => string;
