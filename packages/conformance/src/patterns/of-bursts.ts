import type { JoinResponse } from '@opencnm/spec';

/** No two answers to Join name one link of the host; answers without a link are left out. */
export const interfaceNamesDiffer = {
  name: 'no interface name comes twice',
  holds: (answers: readonly JoinResponse[]): boolean => {
    const names = answers.flatMap((answer) => answer?.InterfaceName?.SrcName || []);
    return new Set(names).size === names.length;
  },
};
