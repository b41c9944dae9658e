// Its languages register themselves with what is called so; it must not look for code in the page by itself.
import Prism from 'prismjs/components/prism-core.js';

Prism.manual = true;
Object.assign(globalThis, { Prism });

export { Prism };
