<?xml version="1.0" encoding="UTF-8"?>
<!--
    From <type>.xsd and the manifest beside it: the schema of what is delivered, <type>-bezorgd.xsd.
    A minimised message must be valid too, so every leaf and attribute that the manifest does not call essential becomes optional,
    and so does every container in which nothing is essential. The constraints are left out: they were checked on the original,
    and a rule like VERPLICHT_ALS need not hold for what is left. Names, types, order and annotations stay as they are.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:m="urn:nl:ketenpoort:manifest:v1">
    <xsl:output method="xml" encoding="UTF-8" indent="no"/>

    <xsl:variable name="essential" select="document('type.xml', /)/m:berichttype/m:essentieel/m:pad"/>

    <xsl:template match="/">
        <xsl:comment> Made by the build from the schema of the type and its manifest; change those, not this. </xsl:comment>
        <xsl:text>&#10;</xsl:text>
        <xsl:apply-templates select="xs:schema"/>
    </xsl:template>

    <!-- What needs no rule stays. -->
    <xsl:template match="@*|node()">
        <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
    </xsl:template>

    <xsl:template match="comment()|xs:appinfo"/>
    <xsl:template match="xs:annotation[not(xs:documentation)]"/>

    <!-- Every element but the root. -->
    <xsl:template match="xs:element[ancestor::xs:element]">
        <xsl:variable name="path"><xsl:call-template name="path"/></xsl:variable>
        <xsl:copy>
            <xsl:choose>
                <xsl:when test="$essential[. = $path or starts-with(., concat($path, '/'))]">
                    <xsl:apply-templates select="@*"/>
                </xsl:when>
                <xsl:otherwise>
                    <xsl:apply-templates select="@*[name() != 'minOccurs']"/>
                    <xsl:attribute name="minOccurs">0</xsl:attribute>
                </xsl:otherwise>
            </xsl:choose>
            <xsl:apply-templates select="node()"/>
        </xsl:copy>
    </xsl:template>

    <xsl:template match="xs:attribute">
        <xsl:variable name="path">
            <xsl:for-each select="ancestor::xs:element[1]"><xsl:call-template name="path"/></xsl:for-each>
            <xsl:text>/@</xsl:text>
            <xsl:value-of select="@name"/>
        </xsl:variable>
        <xsl:copy>
            <xsl:choose>
                <xsl:when test="$essential[. = $path]"><xsl:apply-templates select="@*"/></xsl:when>
                <xsl:otherwise>
                    <xsl:apply-templates select="@*[name() != 'use']"/>
                    <xsl:attribute name="use">optional</xsl:attribute>
                </xsl:otherwise>
            </xsl:choose>
            <xsl:apply-templates select="node()"/>
        </xsl:copy>
    </xsl:template>

    <!-- The path of the current declaration: names below the root element, separated by "/". -->
    <xsl:template name="path">
        <xsl:for-each select="ancestor-or-self::xs:element[ancestor::xs:element]">
            <xsl:if test="position() &gt; 1">/</xsl:if>
            <xsl:value-of select="@name"/>
        </xsl:for-each>
    </xsl:template>
</xsl:stylesheet>
