import { engineApi } from '@opencnm/spec';

/** The version to speak with an engine that offers one: the newest that both have; the oldest where it offers none. */
export function spokenVersion(offered = ''): string {
  const minor = /^1\.(\d{1,4})$/.exec(offered)?.[1] ?? engineApi.oldest;
  return `1.${Math.min(Number(minor), engineApi.newest)}`;
}
