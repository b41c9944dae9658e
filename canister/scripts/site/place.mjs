// Where the canister has room for the site: an asc transform that finds it out.
import { Transform } from 'assemblyscript/transform';

const FILE = 'assembly/service/http/archive';

function constant(module, binaryen, name) {
  const { init } = binaryen.getGlobalInfo(module.getGlobal(`${FILE}/${name}`));
  const { value } = binaryen.getExpressionInfo(init);
  if (!Number.isInteger(value)) throw new Error(`${FILE}: ${name} is no constant`);
  return value;
}

/** @param {(place: { address: number, most: number }) => void} found is told the address in memory, and the bytes there */
export function sitePlace(found) {
  return class SitePlace extends Transform {
    afterCompile(module) {
      const value = (name) => constant(module, this.binaryen, name);
      found({ address: value('SITE'), most: value('SITE_MOST') });
    }
  };
}
