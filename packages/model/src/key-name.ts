/**
 * Names are nearest first: a story may call something like what a module in use calls its own. Both
 * are in the world then, each under the name that people read and type; `module` tells them apart.
 */
export interface Declared {
  readonly name: string;
  /** Only where a declaration nearer to the story hides it: the module that it stands in. */
  readonly module?: string;
}

/** What draws are named by: `name`, or `module.name` where that one is hidden. */
export function keyName({ name, module }: Declared): string {
  return module === undefined ? name : `${module}.${name}`;
}
