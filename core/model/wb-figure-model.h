/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-model.h"

G_BEGIN_DECLS

/*
 * What is counted, as data: resources/model/figures.json. A unit is what one counts; a dimension
 * is what its counts are told apart by: "allegation" for how many there are, "allegation.stages" by
 * a field with codes that anybody may know, "allegation.set" by a set, "span.…" by days.
 */
typedef enum {
  WB_UNIT_RECORDS, /* one a record */
  WB_UNIT_GROUPS,  /* one a group of allegations that are the same */
  WB_UNIT_SOURCES, /* one a source within its case */
} WbUnitKind;

typedef struct _WbFigureUnit WbFigureUnit;
typedef struct {
  char *name;
  char *label[2];
  char *basis; /* (nullable) */
  const WbFigureUnit *unit;
  gboolean is_group;        /* of people, or a way of looking: its absence is told */
  GHashTable *any;          /* (nullable): field -> GStrv of codes */
  GHashTable *least;        /* (nullable): field -> gint64 */
  char *of_type, *of_field; /* (nullable): records that point at the unit by that field */
} WbFigureSet;

typedef struct {
  char *name;
  char *label[2];
  const WbFigureUnit *unit;
  char *from;    /* (nullable): field of the unit; NULL: its period */
  char *to_type; /* (nullable): of the same case */
  char *to;      /* field */
} WbFigureSpan;

typedef enum {
  WB_DIMENSION_TOTAL,
  WB_DIMENSION_FIELD,
  WB_DIMENSION_SET,
  WB_DIMENSION_SPAN,
  WB_DIMENSION_HOUR,    /* codes hour.00 to hour.23 */
  WB_DIMENSION_WEEKDAY, /* codes weekday.1 (Monday) to weekday.7 */
} WbDimensionKind;

typedef struct {
  char *name;
  WbDimensionKind kind;
  const WbFigureUnit *unit;
  const WbField *field;     /* (nullable) */
  const WbFigureSpan *span; /* (nullable) */
  gboolean whole;           /* its table shows all codes, also those of which there is none */
} WbDimension;

struct _WbFigureUnit {
  char *name;
  WbUnitKind kind;
  const WbRecordType *type;
  const char *label[2];
  char *basis;                    /* (nullable) */
  char **period;                  /* fields of which the first that is filled in counts */
  char *when_field, **when_codes; /* (nullable): only records with one of these codes */
  gboolean unless;                /* only those without */
  char **hours;                   /* (nullable): from, until */
  GPtrArray *dimensions;          /* (element-type WbDimension), not owned */
  char *own_label[2];
};

typedef struct {
  const WbFigureUnit *unit;
  char **fields;
  gboolean is_public;
} WbFigureList;

/* What was looked at, by dimensions of visits, and what to show beside it. */
typedef struct {
  const WbDimension *sites, *sites_beside, *stages, *stages_beside, *groups, *hours, *weekdays;
  char **except; /* codes of no place or stage, such as "unknown": nobody could go there */
} WbFigureUnseen;

typedef struct _WbFigureModel WbFigureModel;
const WbFigureModel *wb_figure_model_get_default (GError **error); /* (transfer none) */
WbFigureModel *wb_figure_model_load (const WbModel *model,
                                     const char *name,
                                     GBytes *bytes,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_figure_model_free (WbFigureModel *self);

const char *wb_figure_model_get_version (const WbFigureModel *self); /* digest of the file */
guint wb_figure_model_get_least (const WbFigureModel *self);         /* smaller cells are hidden */
GPtrArray *wb_figure_model_get_units (const WbFigureModel *self); /* (element-type WbFigureUnit) */
GPtrArray *wb_figure_model_get_dimensions (
    const WbFigureModel *self);                                  /* (element-type WbDimension) */
GPtrArray *wb_figure_model_get_sets (const WbFigureModel *self); /* (element-type WbFigureSet) */
GPtrArray *wb_figure_model_get_overview (
    const WbFigureModel *self);                                   /* (element-type WbDimension) */
GPtrArray *wb_figure_model_get_lists (const WbFigureModel *self); /* (element-type WbFigureList) */
const WbFigureUnseen *wb_figure_model_get_unseen (const WbFigureModel *self);
const WbFigureSet *wb_figure_model_find_set (const WbFigureModel *self, const char *name);
/* By its whole name, or by the field or vocabulary alone: the first that fits. */
const WbDimension *wb_figure_model_find (const WbFigureModel *self, const char *name);
/* Whether records of the type are counted, or what another counts by. */
gboolean wb_figure_model_counts (const WbFigureModel *self, const char *type);
gboolean wb_figure_model_minds (const WbFigureModel *self, const char *type, const char *field);
/* Whether a set looks at such records that point at its unit by the field. */
gboolean wb_figure_model_watches (const WbFigureModel *self, const char *type, const char *field);
gboolean wb_figure_model_feeds_cases (const WbFigureModel *self, const char *type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFigureModel, wb_figure_model_free)

G_END_DECLS
