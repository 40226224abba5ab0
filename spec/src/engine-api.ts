/** The minor versions of the engine API 1 that the definition covers: from Docker 19.03 to 29.7. */
export const engineApi = { oldest: 40, newest: 55 } as const;
