/** Put in by build.mjs: the style sheet, and the sentences for when nothing answers. */
declare const __STYLE__: string;
declare const __OFFLINE__: Record<'nl' | 'en', Record<string, string>>;
