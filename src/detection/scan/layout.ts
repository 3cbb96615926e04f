/**
 * Where things lie in the records that the host writes and the kernel reads: offsets in bytes, all values of 32 bits
 * unless it says otherwise. Both sides are compiled from this file. An address of 0 means "none".
 */

/** What a scan is told once. */
export const planWords = 0;
export const planRoot = 4;
export const planColumns = 8;
export const planColumnsEnd = 12;
/** Addresses of the columns to look up last, in the order in which they are. */
export const planLate = 16;
export const planLateEnd = 20;
/** Set: every plan. */
export const planAll = 24;
/** Set: those that are still possible for the line at hand. */
export const planAlive = 28;
export const planCounters = 32;
export const planOutput = 36;
export const planOutputEnd = 40;
/** Longest line that is looked into. */
export const planLongest = 44;
/** One bit for each 64 bytes of the slice at hand: a literal, or what may hide one, is there. */
export const planMarks = 48;
/** Set: plans that are possible for a line without a mark. */
export const planUnmarked = 52;
/** How many columns are not off. */
export const planOpen = 56;
export const planSize = 60;

/** An object of which some keys are wanted: address behind the last of its edges, which follow from `nodeEdges` on. */
export const nodeEnd = 0;
export const nodeEdges = 16;

/** A key of a node. Its first 16 bytes, and where they count, as four 64-bit numbers. */
export const edgeKey = 0;
export const edgeMask = 8;
export const edgeKeyRest = 16;
export const edgeMaskRest = 24;
export const edgeLength = 32;
export const edgeText = 36;
/** 64 bits: the object in which it was last met. */
export const edgeSeen = 40;
export const edgePlace = 48;
export const edgeSize = 96;

/** What is wanted of a value: columns of it itself, a node for its keys, a place for its elements. */
export const placeHidden = 0;
export const placeMarked = 4;
export const placeNode = 8;
export const placeElement = 12;
/** Addresses of the columns that lie below it if it is an object, and if it is an array. */
export const placeObjectColumns = 16;
export const placeObjectColumnsEnd = 20;
export const placeArrayColumns = 24;
export const placeArrayColumnsEnd = 28;
/** Sets: plans for which those columns matter. */
export const placeObjectCares = 32;
export const placeArrayCares = 36;
/** 1: a client wrote what is below, where repeated keys all count. */
export const placeClient = 40;
/** 1: anything of it is wanted. */
export const placeWanted = 44;
export const placeSize = 48;

/** A field, and the table from its values to the sets of plans that are possible with them. */
export const columnIndex = 0;
export const columnMode = 4;
export const columnSlots = 8;
export const columnSlotMask = 12;
/** Entries in the table, and how many there may be. */
export const columnCount = 16;
export const columnCapacity = 20;
/** The sets of the entries, in order. */
export const columnSets = 24;
/** Bytes of the values. */
export const columnTexts = 28;
export const columnTextsFree = 32;
export const columnTextsEnd = 36;
/** Sets: plans possible if the field is missing, if it is null, if it has several values; plans it matters for. */
export const columnMissing = 40;
export const columnNull = 44;
export const columnSeveral = 48;
export const columnCares = 52;
/**
 * Of the values met in an array, or in what a client wrote: set of the plans that one of them allows; 64-bit scope; how
 * many they are; set of the plans that each of them allows (`columnEach`).
 */
export const columnPending = 56;
export const columnPendingScope = 64;
export const columnPendingCount = 72;
/** The value to look up when the line has been walked. */
export const columnLateText = 76;
export const columnLateLength = 80;
/** Set: for a value that is too long for the table. */
export const columnScratch = 84;
/** 64 bits: the line of which it is settled. */
export const columnSettled = 88;
/** 64 bits: the line whose value is to be looked up late. */
export const columnLateLine = 96;
/** How often: a value was looked up, was not there, took plans away, took the last one away, made the table start anew. */
export const columnLookups = 104;
export const columnMisses = 108;
export const columnNarrowed = 112;
export const columnRuledOut = 116;
export const columnFlushes = 120;
export const columnEach = 124;
/** Set: plans that each of several values has to allow, not one. */
export const columnEvery = 128;
/** Matchers that decide of a late value without the table; none if they cannot. */
export const columnMatchers = 136;
export const columnMatchersEnd = 140;
export const columnSize = 144;

/** What one of its literals has to be in a value for (`matcherNegated`: 1 if none may be): a set of plans. */
export const matcherPlans = 0;
export const matcherNegated = 4;
export const matcherLiterals = 8;
export const matcherLiteralsEnd = 12;
export const matcherSize = 16;

/** A literal of a matcher: where it has to stand, its length, address of its bytes and of their masks (`literalFold`). */
export const matchedPosition = 0;
export const matchedLength = 4;
export const matchedText = 8;
export const matchedFold = 12;
export const matchedSize = 16;

/** Of `matchedPosition`. */
export const positionWhole = 0;
export const positionStart = 1;
export const positionEnd = 2;
export const positionAnywhere = 3;

/** Of `columnMode`. */
export const modeEarly = 0;
export const modeLate = 1;
export const modeOff = 2;

/** Of the table: a slot is hash, address and length of the bytes, address of the set. */
export const slotHash = 0;
export const slotText = 4;
export const slotLength = 8;
export const slotSet = 12;
export const slotSize = 16;
/** A longer value is asked for each time that it is met. */
export const longestText = 1024;

/** A line that is left: where it starts and ends, why it is odd (0: it is not), then the set of plans. */
export const foundStart = 0;
export const foundEnd = 4;
export const foundOdd = 8;
export const foundSet = 16;

/** What is counted: 64-bit numbers, in this order; from `counterOdd` on one for each reason of oddity. */
export const counterLines = 0;
export const counterWalked = 8;
export const counterBytes = 16;
export const counterOdd = 24;

/** Why a line is odd. */
export const oddStart = 1;
export const oddStructure = 2;
export const oddEscapedKey = 3;
export const oddRepeatedKey = 4;
export const oddDepth = 5;
export const oddLength = 6;
export const oddEnd = 7;
export const oddReasons = 8;

/** A literal: length, where its two rarest bytes are, address of its bytes (letters in lower case) and of their masks. */
export const literalLength = 0;
export const literalFirst = 4;
export const literalSecond = 8;
export const literalText = 12;
/** Bytes that are 0x20 where the literal has a letter, else 0. */
export const literalFold = 16;
export const literalSize = 20;
