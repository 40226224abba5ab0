/** What is wanted where an answer does not fit its schema. */
export const asDefined = 'an answer as the definition says';
